"""Words that say little by themselves, to be left out of a word list: articles, pronouns, auxiliaries, particles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

LANGUAGES: Mapping[str, str] = {"en": "English", "fr": "French", "de": "German", "es": "Spanish", "ru": "Russian"}
_ENOUGH = 0.15  # of all words; less, and nobody knows which language it is

_LISTED = {
    "en": """
        a an the this that these those and or but nor so yet if then else than as because while although though unless
        until since whether of at by for with about against between among into through during before after above below
        to from up down in out on off over under again further once upon within without toward towards across behind
        beside besides along around per via despite except like near onto
        i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers
        herself it its itself they them their theirs themselves one ones oneself who whom whose which what whoever
        be am is are was were been being have has had having do does did doing done will would shall should can could
        may might must ought need dare used let
        not no nor none never nothing nobody nowhere neither either both each every all any some somebody someone
        something somewhere anybody anyone anything anywhere everybody everyone everything everywhere few more most
        less least much many other others another such same own several enough
        here there where when why how now just only even also too very quite rather almost already always often
        sometimes ever still yet perhaps maybe however therefore thus hence moreover furthermore
        isn't aren't wasn't weren't haven't hasn't hadn't don't doesn't didn't won't wouldn't shan't shouldn't can't
        cannot couldn't mustn't i'm you're he's she's it's we're they're i've you've we've they've i'd you'd he'd she'd
        we'd they'd i'll you'll he'll she'll we'll they'll that's there's here's what's who's let's
        s t d m re ve ll
    """,
    "fr": """
        le la les l un une des du de d au aux ce cet cette ces c ça cela ceci celui celle ceux celles
        et ou où mais donc or ni car que qu quoi qui dont lequel laquelle lesquels lesquelles si comme quand lorsque
        puisque parce afin tandis pendant depuis avant après
        à en dans par pour sur sous avec sans chez vers entre contre selon jusque jusqu dès hors parmi malgré envers
        je j me m moi tu te t toi il elle on se s soi nous vous ils elles lui leur leurs eux y
        mon ma mes ton ta tes son sa ses notre nos votre vos mien tien sien
        être suis es est sommes êtes sont étais était étions étiez étaient fus fut furent sera seront serait seraient
        soit soient été étant avoir ai as a avons avez ont avais avait avions aviez avaient eu eut eurent aura auront
        aurait auraient ait aient ayant faire fait fais font faisait peut peuvent pouvait doit doivent devait
        ne n pas plus point jamais rien aucun aucune personne non oui
        tout toute tous toutes chaque quelque quelques plusieurs autre autres même mêmes tel telle tels telles certains
        certaines peu beaucoup trop assez très bien aussi encore déjà toujours souvent parfois ici là ainsi alors puis
        ensuite enfin seulement cependant pourtant toutefois surtout presque environ moins autant tant
        quel quelle quels quelles comment pourquoi combien
    """,
    "de": """
        der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines
        dieser diese dieses diesen diesem jener jene jenes jenen jenem derselbe dieselbe dasselbe solche solcher solches
        und oder aber denn sondern doch weil da daß dass ob wenn als wie während obwohl damit sodass falls bevor nachdem
        bis seit sowie sowohl weder noch entweder
        in im ins an am ans auf aus bei beim mit nach von vom zu zum zur für gegen um durch über unter vor hinter neben
        zwischen ohne trotz wegen außer innerhalb außerhalb gegenüber
        ich mich mir du dich dir er ihn ihm sie ihr ihnen es wir uns euch man sich selbst
        mein meine meinen meinem meiner meines dein deine deinen deinem deiner sein seine seinen seinem seiner seines
        ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer euer eure euren
        wer wen wem wessen was welcher welche welches welchen welchem wo wohin woher wann warum wieso weshalb
        bin bist ist sind seid war warst waren wart gewesen sei seien wäre wären habe hast hat haben habt hatte hatten
        gehabt hätte hätten werde wirst wird werden werdet wurde wurden worden geworden würde würden kann kannst können
        könnt konnte konnten könnte könnten muss muß müssen musste mussten soll sollen sollte sollten will wollen wollte
        wollten darf dürfen durfte durften mag mögen möchte möchten
        nicht nichts nie niemals nur auch schon noch immer wieder sehr mehr weniger viel viele vielen wenig wenige alle
        allem allen aller alles jede jeder jedes jeden jedem einige einigen einiger etwas andere anderen anderer anderes
        hier dort dann so also eben halt mal ja nein zwar jedoch dabei dafür dagegen daher dadurch daran darauf daraus
        darin darüber darum davon dazu deshalb deswegen hin her ganz gar etwa fast oft beide beiden
    """,
    "es": """
        el la los las lo un una unos unas al del este esta esto estos estas ese esa eso esos esas aquel aquella aquello
        aquellos aquellas
        y e o u ni pero sino mas aunque porque pues que si como cuando donde mientras
        a ante bajo con contra de desde durante en entre hacia hasta mediante para por según sin sobre tras
        yo me mí conmigo tú te ti contigo usted ustedes él ella ello ellos ellas se sí consigo nosotros nosotras nos
        vosotros vosotras os le les mi mis tu tus su sus nuestro nuestra nuestros nuestras vuestro vuestra mío mía
        suyo suya
        quien quienes cual cuales cuyo cuya qué quién cuál cómo cuándo dónde cuánto cuánta
        ser soy eres es somos sois son era eras éramos eran fui fue fuimos fueron será serán sería serían sea sean sido
        siendo estar estoy está estamos están estaba estaban estuvo estuvieron haber he has ha hemos han había habían
        hubo habrá habría haya hayan habido hay tener tengo tiene tenemos tienen tenía tenían tuvo hacer hace hacen hizo
        puede pueden podía debe deben debía
        no nunca jamás nada nadie ningún ninguna ninguno tampoco también ya aún todavía siempre muy más menos mucho
        mucha muchos muchas poco poca pocos pocas tanto tanta tantos tantas todo toda todos todas cada otro otra otros
        otras mismo misma mismos mismas algo alguien algún alguna algunos algunas varios varias ambos
        aquí ahí allí así entonces luego después antes ahora solo sólo casi además sin embargo bien tan
    """,
    "ru": """
        и а но да или либо ни то если чтобы что как когда где куда откуда потому поэтому хотя пока едва лишь ведь
        в во на с со к ко о об обо от до из изо у за по под подо над надо при про для без безо через перед передо между
        около после вокруг ради среди из-за из-под
        я меня мне мной мною ты тебя тебе тобой он его ему им нём нем она её ее ей ею ней оно мы нас нам нами вы вас вам
        вами они их ими них ним себя себе собой
        мой моя моё мое мои моего моей моих твой твоя твое твои наш наша наше наши нашего нашей наших ваш ваша ваше ваши
        свой своя своё свое свои своего своей своих своему своим
        этот эта это эти этого этой этих этому этим этом тот та те того той тех тому тем том такой такая такое такие
        таких сам сама само сами самый самая самое самые
        кто кого кому кем ком чего чему чем чём который которая которое которые которого которой которых которому
        которым котором чей чья чьё чьи какой какая какое какие каких
        быть был была было были буду будет будем будут будучи есть бы б же ли ль вот вон уж уже ещё еще даже только
        не нет нельзя никто никого ничто ничего никогда нигде никак
        весь вся всё все всего всей всех всем всеми каждый каждая каждое каждого любой другой другая другое другие
        других некоторые много мало более менее больше меньше очень
        там тут здесь сюда туда тогда теперь сейчас всегда иногда опять снова почти так также тоже разве может можно
        надо нужно хорошо потом затем зачем почему сколько однако
    """,
}


@cache
def stop_words(language: str) -> frozenset[str]:
    """Give the stop words of one of LANGUAGES, in lower case; none of another."""
    return frozenset(_LISTED.get(language, "").split())


def likely(counts: Mapping[str, int]) -> str:
    """Tell in which language counted words are, by its stop words among them; "" when it is none of LANGUAGES."""
    total = sum(counts.values())
    shares = {code: sum(counts.get(word, 0) for word in stop_words(code)) for code in LANGUAGES}
    best = max(shares, key=lambda code: shares[code])
    return best if total and shares[best] >= total * _ENOUGH else ""


def all_of(languages: Iterable[str]) -> frozenset[str]:
    """Give the stop words of several languages together."""
    return frozenset(word for language in languages for word in stop_words(language))
