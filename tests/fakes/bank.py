"""The European Central Bank on loopback: the history of its reference rates, zipped, as it is."""

import io
import zipfile
from collections.abc import Mapping

from community_partners.wire.session import Session
from community_partners.wire.tries import Meter, Pace

from .server import FakeServer, Request, Response

CURRENCIES = ("USD", "GBP", "JPY")


class FakeBank(FakeServer):
    """`rates`: units for one euro by day, in the order of CURRENCIES, `N/A` where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.rates: dict[str, tuple[str, ...]] = {}

    def answer(self, request: Request) -> Response:
        return Response(body=zipped(history(self.rates)))


def history(rates: Mapping[str, tuple[str, ...]], currencies: tuple[str, ...] = CURRENCIES) -> str:
    """The bank's file: the newest day first, a comma at the end of each line."""
    rows = [("Date", *currencies), *((day, *rates[day]) for day in sorted(rates, reverse=True))]
    return "".join(f"{','.join(row)},\n" for row in rows)


def zipped(text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("eurofxref-hist.csv", text)
    return file.getvalue()


def connect(fake: FakeBank, timeout: float = 10.0) -> Session:
    """The real client, without pauses between its tries."""
    pace = Pace(timeout=timeout, backoff=0, longest_wait=0)
    return Session("European Central Bank", {}, Meter(), pace)
