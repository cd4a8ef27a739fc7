"""The publisher of the Big Mac prices on loopback: one file, the same as ever."""

from collections.abc import Sequence

from .server import FakeServer, Request, Response

HEADER = "date,iso_a3,currency_code,name,local_price,dollar_ex,dollar_price,USD,EUR,GBP,JPY,CNY\n"
JANUARY_2027 = (
    ("USA", "USD", "6.30", "1"),
    ("EUZ", "EUR", "6.50", "0.86"),
    ("IND", "INR", "250", "90.3"),
)


class FakePublisher(FakeServer):
    """`text`: of the file, no edition newer than the table's unless a test adds one."""

    def __init__(self) -> None:
        super().__init__()
        self.text = HEADER

    def publish(self, day: str, rows: Sequence[tuple[str, str, str, str]] = JANUARY_2027) -> None:
        for code, currency, price, rate in rows:
            self.text += f"{day},{code},{currency},Somewhere,{price},{rate},1,0,0,0,0,0\n"

    def answer(self, request: Request) -> Response:
        return Response(body=self.text.encode())
