"""Words that carry a full stop without ending a sentence, in the languages of the first users' texts."""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Titles, told from words by their capital: a name follows.
TITLES = _words(
    "Dr Mr Mrs Ms Mx Prof Rev Hon St Gen Col Capt Lt Sgt Gov Sen Rep Messrs Mt Hr Fr Frl M Mme Mlle Mgr "
    "Sr Sra Srta Dra Sig Dott Avv Проф Акад Доц"
)

# The matter itself always follows.
ALWAYS_GO_ON = _words(
    # English and Latin
    "e.g i.e eg ie cf viz vs v ca esp incl resp eds ed repr "
    # German
    "z.b d.h u.a s.o s.u bzw vgl ggf evtl sog hrsg bspw inkl "
    # French, Portuguese
    "p.ex "
    # Russian
    "т.е т.к напр им проф акад доц г-н г-жа тов см ср ул"
)

# A name, year or reference may follow, and then the sentence goes on; or a new sentence begins ("et al. (2010)").
MAY_GO_ON = _words("al ibid cit jr inc ltd co corp dept univ approx гг вв др")

# A number follows ("p. 12", "No. 3"); else the word is a word ("He said no.").
GO_ON_BEFORE_NUMBER = _words(
    "p pp no nos nr vol vols fig figs tab ch chap sec sect art arts para paras par n nn l ll eq ex app appx item "
    "bd s ff abs kap ziff t f num núm pág págs cap vv "
    "с стр т гл рис табл п пп ч ст № тыс млн"
)

# Capitalised words that far more often begin a sentence than follow an abbreviation within one ("the U.S. The ...").
STARTERS = _words(
    "The A An In On At It Its He She They We I You This That These Those There But And So Yet However When While If "
    "As For After Before Since What Who Why How No Not Now Then Thus Here My Our His Her Their By With From To "
    "Der Die Das Ein Eine Er Sie Es Wir Ich Im Am Und Aber Le La Les Un Une Il Elle Ils Nous El Los Las Una Ella "
    "В На Он Она Они Мы Я И Но Это Как По Из О У С К А"
)

# After a day or an ordinal ("am 3. Oktober", "im 19. Jahrhundert").
ORDINAL_FOLLOWERS = _words(
    "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember Jahrhundert "
    "Jahrhunderts Jh Weltkrieg Weltkriegs Klasse Auflage Kapitel Lebensjahr Stock"
)
