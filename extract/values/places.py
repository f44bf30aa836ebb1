"""Places: whether a short text names one, or says from where one works."""

from __future__ import annotations

import re

_FROM_ANYWHERE = re.compile(
    r"\b(?:remote|hybrid|on-?site|anywhere|worldwide|distributed|work from home|home ?office|hybride?|télétravail|"
    r"teletrabajo|distans|mobil(?:es arbeiten)?|bundesweit|deutschlandweit|emea|apac|latam|dach|nordics|europe|eu)\b",
    re.I,
)
_COUNTRIES = (
    "usa|us|u\\.s\\.|united states|canada|mexico|méxico|brazil|brasil|argentina|chile|colombia|peru|uk|"
    "united kingdom|england|scotland|wales|ireland|france|germany|deutschland|austria|österreich|switzerland|schweiz|"
    "suisse|spain|españa|portugal|italy|italia|netherlands|nederland|belgium|belgique|luxembourg|denmark|danmark|sweden|"
    "sverige|norway|norge|finland|iceland|estonia|latvia|lithuania|poland|polska|czechia|czech republic|slovakia|"
    "hungary|romania|bulgaria|croatia|slovenia|serbia|greece|türkiye|turkey|cyprus|malta|ukraine|israel|egypt|morocco|"
    "kenya|nigeria|ghana|south africa|uae|united arab emirates|saudi arabia|qatar|india|pakistan|bangladesh|sri lanka|"
    "china|hong kong|taiwan|japan|south korea|korea|singapore|malaysia|indonesia|thailand|vietnam|philippines|"
    "australia|new zealand"
)
_CITIES = (
    "new york(?: city)?|nyc|brooklyn|san francisco|los angeles|san diego|san jose|palo alto|mountain view|menlo park|"
    "oakland|seattle|portland|denver|boulder|salt lake city|boise|reno|phoenix|tucson|austin|dallas|houston|"
    "san antonio|chicago|detroit|minneapolis|st\\.? louis|kansas city|nashville|atlanta|miami|tampa|orlando|"
    "charlotte|raleigh|durham|washington|d\\.?c\\.?|baltimore|philadelphia|pittsburgh|boston|cambridge|toronto|"
    "montréal|montreal|vancouver|calgary|ottawa|waterloo|mexico city|ciudad de méxico|guadalajara|bogotá|bogota|"
    "medellín|lima|santiago|buenos aires|são paulo|sao paulo|rio de janeiro|london|manchester|birmingham|leeds|york|"
    "bristol|edinburgh|glasgow|cardiff|belfast|oxford|reading|dublin|cork|galway|paris|lyon|marseille|lille|nantes|"
    "bordeaux|toulouse|strasbourg|nice|grenoble|rennes|montpellier|brussels|bruxelles|antwerp|ghent|leuven|"
    "amsterdam|rotterdam|utrecht|eindhoven|the hague|den haag|delft|luxembourg|berlin|münchen|munich|hamburg|köln|"
    "cologne|frankfurt|stuttgart|düsseldorf|leipzig|dresden|hannover|nürnberg|nuremberg|karlsruhe|mannheim|"
    "heidelberg|augsburg|bremen|dortmund|essen|bonn|ulm|freiburg|münster|darmstadt|potsdam|vienna|wien|graz|linz|"
    "salzburg|innsbruck|zürich|zurich|basel|bern|genève|geneva|genf|lausanne|lugano|zug|luzern|winterthur|"
    "copenhagen|københavn|aarhus|odense|aalborg|stockholm|göteborg|gothenburg|malmö|uppsala|lund|linköping|oslo|"
    "bergen|trondheim|stavanger|helsinki|espoo|tampere|turku|reykjavik|tallinn|tartu|riga|vilnius|kaunas|warsaw|"
    "warszawa|kraków|krakow|wrocław|wroclaw|gdańsk|gdansk|poznań|poznan|łódź|lodz|prague|praha|brno|bratislava|"
    "budapest|bucharest|bucurești|cluj(?:-napoca)?|iași|timișoara|sofia|plovdiv|belgrade|novi sad|zagreb|ljubljana|"
    "athens|thessaloniki|istanbul|ankara|izmir|kyiv|lviv|lisbon|lisboa|porto|braga|madrid|barcelona|valencia|"
    "sevilla|málaga|malaga|bilbao|zaragoza|rome|roma|milan|milano|turin|torino|bologna|florence|firenze|naples|"
    "napoli|tel aviv|haifa|jerusalem|cairo|casablanca|nairobi|lagos|accra|cape town|johannesburg|dubai|abu dhabi|"
    "riyadh|doha|bangalore|bengaluru|hyderabad|chennai|mumbai|pune|delhi|new delhi|gurgaon|gurugram|noida|kolkata|"
    "karachi|lahore|dhaka|colombo|beijing|shanghai|shenzhen|guangzhou|taipei|tokyo|osaka|seoul|kuala lumpur|jakarta|"
    "bangkok|hanoi|ho chi minh city|manila|sydney|melbourne|brisbane|perth|adelaide|canberra|auckland|wellington"
)
_NAMED = re.compile(rf"\b(?:{_COUNTRIES}|{_CITIES})\b", re.I)
#: ``Bend, Oregon`` and ``Boise, ID, United States``: two or three capitalised names with commas.
_TWO_NAMES = re.compile(r"^[^\W\d_][\w.'’\s-]*,\s*[^\W\d_a-z][\w.'’\s-]*(?:,\s*[^\W\d_a-z][\w.'’\s-]*)?$")
#: What stands beside a place and is none.
_CONTRACT = re.compile(
    r"\b(?:full[- ]?time|part[- ]?time|permanent|contract(?:or)?|temporary|freelance|casual|"
    r"seasonal|fixed[- ]term|minijob|internship|apprentice(?:ship)?|"
    r"vollzeit|teilzeit|festanstellung|unbefristet|befristet|ausbildung|cdi|cdd|alternance|stage|tempo plein|"
    r"temps plein|jornada completa|indefinido|heltid|deltid|tillsvidare|posted|apply|"
    r"\d+\s?(?:(?:[-–—]|tot|to|bis|à)\s?\d+\s?)?(?:uur|hours|hrs|stunden|std|heures|horas|ore|timmar|timer)"
    r"(?:\s?/?\s?(?:per |pro |a )?(?:week|woche|semaine))?)\b",
    re.I,
)
PLACE_WORDS = 10
NAME_WORDS = 3  # of a name in which small letters stand: ``Frankfurt am Main``


def is_place(text: str) -> bool:
    """Return whether a short text names a city, a country or a way to work from afar, and is no contract."""
    text = text.strip(" ()*_.,|")
    if not text or len(text.split()) > PLACE_WORDS:
        return False
    return bool(_FROM_ANYWHERE.search(text) or _NAMED.search(text)) or _are_two_names(text)


def _are_two_names(text: str) -> bool:
    """Return whether a text is two or three names with commas, each short or in capitals throughout."""
    return _TWO_NAMES.match(text) is not None and all(
        len(words) <= NAME_WORDS or all(word[:1].isupper() for word in words)
        for words in map(str.split, text.split(","))
    )


def is_bare_place(text: str) -> bool:
    """Return whether a text is nothing but a place: ``Singapore``, ``Remote (EU)``, ``Boise, Idaho``."""
    left = _FROM_ANYWHERE.sub(" ", _NAMED.sub(" ", text))
    return bool(is_place(text)) and (
        not re.search(r"[^\W\d_]{3}", left) or bool(_are_two_names(text.strip()))
    )


def is_region(text: str) -> bool:
    """Return whether a short text says from afar, or names a part of the world: ``Remote``, ``EMEA``."""
    return bool(_FROM_ANYWHERE.search(text))


def without_contract(text: str) -> str:
    """Return a text without the words that say how long or how much one works; nothing if it has none."""
    rest = _CONTRACT.sub(" ", text)
    return " ".join(rest.strip(" ,·|/-–—").split()) if rest != text else ""


def is_contract(text: str) -> bool:
    """Return whether a short text says how long or how much one works."""
    return bool(_CONTRACT.search(text))
