"""How currencies are written beside an amount: signs, words and ISO codes."""

from __future__ import annotations

from collections.abc import Iterable


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# In daily use these have no decimals, so one separator before three digits groups thousands.
NO_DECIMALS = _words("VND JPY KRW IDR LAK KHR CLP PYG ISK UGX RWF BIF DJF GNF KMF XAF XOF XPF VUV")
CODES = frozenset(
    _words("""
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
    BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
    GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW
    KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD
    NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
    SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES
    VND VUV WST XAF XCD XOF XPF YER ZAR ZMW
    """)
)
# Lower case, without accents; the first currency is meant where nothing else is said.
_DOLLARS = _words("USD AUD CAD SGD HKD NZD TWD MXN ARS CLP COP BND FJD JMD LRD NAD TTD UYU")
SIGNS = {
    "₫": ("VND",), "đ": ("VND",), "d": ("VND",), "đong": ("VND",), "dong": ("VND",),
    "vnđ": ("VND",), "vn đong": ("VND",), "viet nam đong": ("VND",),
    "$": _DOLLARS, "us$": ("USD",), "us $": ("USD",), "$us": ("USD",), "a$": ("AUD",),
    "au$": ("AUD",), "c$": ("CAD",), "ca$": ("CAD",), "s$": ("SGD",), "sg$": ("SGD",),
    "hk$": ("HKD",), "nz$": ("NZD",), "nt$": ("TWD",), "mx$": ("MXN",), "r$": ("BRL",),
    "us dollar": ("USD",), "us dollars": ("USD",), "€": ("EUR",), "euro": ("EUR",),
    "euros": ("EUR",), "£": ("GBP", "EGP", "LBP"), "¥": ("JPY", "CNY"), "円": ("JPY",),
    "元": ("CNY", "TWD"), "rmb": ("CNY",), "cn¥": ("CNY",), "฿": ("THB",), "baht": ("THB",),
    "₩": ("KRW",), "₱": ("PHP",), "rp": ("IDR",), "rp.": ("IDR",), "rm": ("MYR",), "₹": ("INR",),
    "rs": ("INR", "PKR", "LKR", "NPR"), "rs.": ("INR", "PKR", "LKR", "NPR"), "₽": ("RUB",),
    "руб": ("RUB",), "руб.": ("RUB",), "₺": ("TRY",), "tl": ("TRY",), "₪": ("ILS",),
    "₴": ("UAH",), "zł": ("PLN",), "kc": ("CZK",), "ft": ("HUF",), "fr": ("CHF",),
    "fr.": ("CHF",), "sfr": ("CHF",), "kr": ("SEK", "NOK", "DKK", "ISK"),
    "kr.": ("SEK", "NOK", "DKK", "ISK"), "៛": ("KHR",), "₭": ("LAK",), "₦": ("NGN",),
}  # fmt: skip


def meant_by(signs: Iterable[str], given: str | None) -> str | None:
    """The currency that the signs of one cell stand for; null without any, "?" where they clash.

    "$" may be any dollar: the `given` one if that is a dollar, else USD; "$5 CAD" says it itself.
    """
    written = [_meanings(sign) for sign in signs if sign]
    if not written:
        return None
    possible = [code for code in written[0] if all(code in other for other in written[1:])]
    if given in possible:
        return given
    return possible[0] if possible else "?"


def signs_of(currency: str | None) -> tuple[str, ...]:
    """What may stand beside amounts in a currency, the longest first; null: every sign known."""
    if currency is None:
        return tuple(sorted(SIGNS, key=len, reverse=True))
    own = [sign for sign, meanings in SIGNS.items() if currency in meanings]
    return tuple(sorted([*own, currency.lower()], key=len, reverse=True))


def _meanings(sign: str) -> tuple[str, ...]:
    code = sign.upper()
    return SIGNS.get(sign) or ((code,) if code in CODES else ())
