"""Function words and question words of Finnish, Swedish and English, in lower case.

Knows which words say little about what a text is about. Does not know inflection: every form is
listed. Used to drop words from a search and to tell the languages apart.
"""

from collections.abc import Mapping
from types import MappingProxyType

from corpus.model import Language

_FI = """
aina alla asti edes ehkä ei eikä eivät ellei eli emme en enää eniten ennen entä esim että et ette he
heidän heidät heille heillä heiltä heissä heistä heitä hän häneen hänelle hänellä häneltä hänen
hänessä hänestä hänet häntä itse itsensä ja jo joihin joiden joille joilla joilta joissa joista
joita joka jokainen joko jolla jolle jolloin jolta jonka jonkin jopa jos joskus jossa josta jota
jotain jotka jotta jälkeen kai kaikki kaikkia kaikkien kaikissa kanssa keiden keitä ken kenelle
kenellä keneltä kenen keneen kenestä kenet keskellä ketkä ketä koska koskien koskeva koskevat
kuin kuinka kuka kukaan kumpi kun kuten kyllä kysymys lisäksi luona lähellä me meidän meille
meillä meiltä meissä meistä meitä mihin miksi mikä mikään millainen millaisen millaiset millaista
millaisia mille millä milloin miltä minkä minne minua minulla minulle minun minut minä missä
mistä miten mitkä mitä mitään molemmat muu muun muut mutta myös myöskään ne nehän niiden niihin
niille niillä niiltä niin niissä niistä niitä no noin nuo nyt näiden näille näillä näissä näistä
näitä nämä oikein ole olemme olen olet olette oli olimme olin olisi olisivat olit olivat olla
olleet ollut oma omat on onko ovat ovatko paitsi paljon pitkin saako saa se sekä sellainen
sellaiset sen siellä sieltä siihen siinä siis siitä sille sillä siltä sinne sinua sinulla
sinun sinä sitten sitä suhteen tai taas tahansa te teidän teille teillä tämä tämän tänne tässä tästä
tätä tähän tuo tuon tuota tällä tälle täällä vaan vai vaikka vain vielä voi voiko voin voit
voivat voisi vuoksi väliin yhä yli ympäri
"""
_SV = """
alla allt all att av bara bland blev bli blir blivit då de dem den denna deras dess dessa det
detta dig din dina ditt dock du där därför efter ej eller en er era ert ett finns fick för före från
få får går genom ha hade han hans har henne hennes hon honom hos hur huruvida här i icke igen
inga ingen inget innan inom inte in ja jag jo kan kommer kunde kring man med mellan men mera mest
mig min mina mitt mot mycket måste ni nej nu när någon något några och också olika om oss på samt
sedan sig sin sina sitt ska skall skulle som så sådan sådana sådant till trots under upp ur ut utan
vad var varför varifrån varje vars vart varit vara vem vems vi via vid vilka vilkas vilken vilket
vore våra vår vårt väl är även åt över
"""
_EN = """
a about after all also am an and any are aren't as at be because been before being between both but
by can can't could did didn't do does doesn't doing don't during each every few for from get had has
have having he her here hers him his how i if in into is isn't it it's its just may me might more
most must my no nor not of off on once one's only or other our ours out over own please same shall
she should since so some such tell than that that's the their theirs them then there these they this
those through to too under until up us very was wasn't we were what what's when where which while
who who's whom whose why will with within without won't would you your yours
"""

STOP_WORDS: Mapping[Language, frozenset[str]] = MappingProxyType(
    {
        "fi": frozenset(_FI.split()),
        "sv": frozenset(_SV.split()),
        "en": frozenset(_EN.split()),
    }
)
EVERY_STOP_WORD = frozenset().union(*STOP_WORDS.values())
