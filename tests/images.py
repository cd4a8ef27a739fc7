"""Images: small ones that are right, and SVGs that are refused."""

import struct
import zlib

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
GOOD = (
    f'{OPEN}<path d="M0 0h9v9z" fill="#123"/></svg>',
    f'<?xml version="1.0" encoding="UTF-8"?>\n{OPEN}<title>A</title><g><circle r="3"/></g></svg>',
    f"{OPEN}<style>.a{{fill:rgb(1,2,3)}}</style><rect class='a' width='9' height='9'/></svg>",
    f'{OPEN}<linearGradient id="g"><stop offset="0" style="fill:red"/></linearGradient></svg>',
    f'{OPEN}<rect fill="url(#g)" transform="rotate(45)" width="9" height="9"/></svg>',
    f'{OPEN}<g id="p"><path d="M0 0h1"/></g><use href="#p" x="3"/></svg>',
)
SVG = GOOD[0]
BAD_SVG = {
    "a script": f"{OPEN}<script>alert(1)</script></svg>",
    "an event": f'{OPEN}<path d="M0 0" onload="alert(1)"/></svg>',
    "HTML inside": f'{OPEN}<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject></svg>',
    "an animation": f'{OPEN}<set attributeName="href" to="javascript:alert(1)"/></svg>',
    "a link": f'{OPEN}<a href="https://evil.example"><path d="M0 0"/></a></svg>',
    "a picture": f'{OPEN}<image href="https://evil.example/x.png"/></svg>',
    "a part of another file": f'{OPEN}<use href="https://evil.example/x.svg#a"/></svg>',
    "a style from outside": f"{OPEN}<style>@import 'https://evil.example/x.css'</style></svg>",
    "an address in a style": f'{OPEN}<path style="fill:url(https://evil.example)"/></svg>',
    "a spelled address": f'{OPEN}<path style="fill:u\\72l(https://evil.example)"/></svg>',
    "another loading function": f'{OPEN}<path style="fill:image-set(&quot;x&quot; 1x)"/></svg>',
    "an address in a filter": f'{OPEN}<path filter="url(//evil.example#f)"/></svg>',
    "an entity": f'<!DOCTYPE svg [<!ENTITY a "aaaa">]>{OPEN}<text>&a;</text></svg>',
    "a style sheet": f'<?xml-stylesheet href="https://evil.example/x.css"?>{OPEN}</svg>',
    "another encoding": f'<?xml version="1.0" encoding="UTF-7"?>{OPEN}</svg>',
    "another root": '<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
    "no namespace": '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
    "no size": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    "an editor's element": f'{OPEN}<x:namedview xmlns:x="http://x.example"/></svg>',
    "parts in parts": f'{OPEN}<g id="a"><use href="#b"/></g><g id="b"/><use href="#a"/></svg>',
    "a thousand levels": f"{OPEN}{'<g>' * 1000}{'</g>' * 1000}</svg>",
    "many elements": f"{OPEN}{'<path/>' * 3000}</svg>",
    "not closed": f"{OPEN}<path>",
}


def png(width: int = 40, height: int = 40, more: int = 0) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\0" * more


JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01\x01\x11\x00"
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\x1f\xc0\x07\x00" + b"\0" * 8
