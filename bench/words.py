"""Dutch-looking sentences that nobody wrote: word lists of our own, drawn with a given source of chance."""

from __future__ import annotations

from random import Random


def _words(text: str) -> list[str]:
    return text.split()


def _phrases(text: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in text.split("|")]


_VERBS = _words("""helpen begeleiden steunen bezoeken bellen oefenen wandelen koken plannen regelen opruimen uitleggen
    vragen kijken zoeken luisteren rekenen schrijven lezen leren rusten werken sporten zingen tuinieren timmeren
    schilderen fietsen zwemmen bakken naaien knutselen ordenen bespreken aanmelden afspreken vertellen overleggen
    meedenken meegaan oppassen schoonmaken wassen strijken boodschappen ontspannen ontmoeten herstellen""")
_NOUNS = _words("""agenda administratie afspraak avond bank begeleider behandeling beweging bibliotheek boerderij brief
    budget buren buurt buurthuis bus computer coach dagdeel dagbesteding deur dochter dokter dorp eten familie fiets
    formulier geld gemeente gesprek gezin gezondheid groep hond huis huisarts huishouden huur inkomen inloop instantie
    keuken kind klus koffie krant kracht kunst kwartaal lamp leven maaltijd maand mantelzorg mantelzorger markt
    medewerker medicijn moestuin moment muziek nacht netwerk ochtend onderzoek opleiding ouders overzicht park plan
    plek post praktijk programma rekening respijtzorg rolstoel rust school schuld slaap sleutel sociale soep spel
    sport stad stap steun straat taal team telefoon thee toekomst toeslag trap trein tuin uitkering uur verdriet
    vereniging vergoeding verhaal vervoer vriend vrijwilliger wandeling week weekend werk werkplaats wijk winkel
    woning woonkamer zaak zelfstandigheid zoon zorg zorgplan indicatie beschikking cliënt keukentafelgesprek""")
_ADJECTIVES = _words("""rustige vaste nieuwe kleine grote warme gewone duidelijke vertrouwde veilige eigen korte lange open
    vrolijke stille drukke bekende ervaren geduldige praktische haalbare prettige groene lichte ruime""")
_PEOPLE = _words("""ouderen jongvolwassenen gezinnen mantelzorgers buren bewoners deelnemers bezoekers mensen""")
_TIMES = _phrases("""elke week|om de week|op maandag|op dinsdagmiddag|drie keer per week|in het weekend|in de ochtend|na het
    eten|twee keer per maand|zo vaak als nodig|het eerste half jaar|zolang het nodig is""")
_PATTERNS = (
    "Wij {v} samen met u, {t}.",
    "U krijgt een {a} {n} en een {a} {n2}.",
    "Wilt u {v}? Dan begint u met een {a} {n}.",
    "Bij ons {v} {p} in een {a} {n}.",
    "Een begeleider kijkt met u naar uw {n}, uw {n2} en uw {n3}.",
    "Gaat het niet goed met uw {n}? Wij {v} dan {t}.",
    "De {n} hoort bij het plan, net als de {n2}.",
    "{t} praten wij over de {n} en over wat u zelf kunt met {v}.",
    "In onze {a} {n} is plaats voor {p} die willen {v}.",
    "Daarna hoeft u voor uw {n} minder vaak te {v}.",
    "Wij weten veel van {n} en {n2}, want wij werken met {p}.",
    "U mag altijd zeggen dat de {n} anders moet.",
)
_NAME_STARTS = _words("""Zorg Hulp Thuis Steun Dagcentrum Werkplaats Boerderij Atelier Kompas Inloop Woonhulp Respijthuis
    Logeerhuis Begeleiding Buurtkracht Gezinsteam Herstelpunt Leerhuis Netwerk Ontmoeting Praktijk Quadrant Vangnet
    Uitzicht Julianahof Fundament Mantelpunt Yspunt Eigenwijs Cirkel Anker""")
_NAME_ENDS = _phrases("""de Linde|de Beuk|het Kompas|de Brug|de Horizon|Zonzij|aan Zee|Noord|op Orde|de Kade|de Wilg|Middenin|
    de Spil|het Baken|Vooruit|de Molen|Samen|de Sluis|het Veld|Waterkant|de Kring|Oost|de Tuin|Rondom""")


class Writer:
    """Writes sentences, paragraphs and names; the same chance gives the same texts."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def sentence(self) -> str:
        """One sentence."""
        pick = self._chance.choice
        text = pick(_PATTERNS).format(
            v=pick(_VERBS),
            n=pick(_NOUNS),
            n2=pick(_NOUNS),
            n3=pick(_NOUNS),
            a=pick(_ADJECTIVES),
            p=pick(_PEOPLE),
            t=pick(_TIMES),
        )
        return text[0].upper() + text[1:]

    def line(self) -> str:
        """A sentence that fits in 200 characters."""
        return self.sentence()[:200]

    def prose(self, paragraphs: int, sentences: int) -> str:
        """Paragraphs of one to twice as many sentences; now and then one is a list."""
        return "\n\n".join(self._paragraph(sentences) for _ in range(paragraphs))

    def phrase(self) -> str:
        """A few words, as people type them."""
        return f"{self._chance.choice(_ADJECTIVES)} {self._chance.choice(_NOUNS)} {self._chance.choice(_VERBS)}"

    def name(self) -> str:
        """A name such as an organisation has."""
        return f"{self._chance.choice(_NAME_STARTS)} {self._chance.choice(_NAME_ENDS)}"

    def _paragraph(self, sentences: int) -> str:
        written = [self.sentence() for _ in range(self._chance.randint(1, 2 * sentences - 1))]
        if len(written) > 2 and self._chance.random() < 0.2:  # noqa: PLR2004  (a list of two is no list)
            return "\n".join([written[0], *(f"- {one}" for one in written[1:])])
        return " ".join(written)
