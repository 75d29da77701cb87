"""Short forms of given names that people in England use: a folded name in, its other forms out."""

from __future__ import annotations

from typing import Final

# One line, one name: every form on it may stand for every other.
_FORMS: Final = """
abigail abi abby gail
adam ad
albert al bert bertie albie
alexander alex al alec sandy xander sasha
alexandra alex sandra sandy lexi sasha
alfred alf alfie fred
alice ali allie
alison ali allie
amanda mandy manda
andrew andy drew
angela angie ange
anne ann anna annie nan
anthony tony ant
antonia toni
arthur art arty
barbara barb babs barbie
benjamin ben benny benji
bernard bernie
bradley brad
bridget bridie biddy
caroline carolyn carol carrie caz
catherine katherine kathryn katharine cathy kathy kate katie cath kath kit kitty
charles charlie chas chuck
charlotte charlie lottie lotte
christine christina christian chris chrissie tina
christopher chris kit topher
clifford cliff
constance connie
cynthia cindy
daniel dan danny
david dave davey davy dai
deborah debra debbie deb debs
denise denny
derek del
desmond des
donald don donny
dorothy dot dottie dolly
douglas doug dougie
edith edie
edward ed eddie ted teddy ned
eleanor ellie nell nelly elly
elizabeth elisabeth liz lizzie beth betty bet bess eliza libby lisa elsie
emily em emmy millie
emma em
ernest ernie
eugene gene
evelyn evie eve
florence flo florrie flossie
frances fran franny fanny francesca
francis frank frankie
frederick fred freddie freddy
gabrielle gabriella gabby
geoffrey jeffrey geoff jeff
george georgie
georgina georgia georgie gina
gerald gerard gerry jerry ged
gillian jill gill gilly
gordon gord
graham graeme
gregory greg
gwendolyn gwendoline gwen
harold harry hal
harriet hattie harri
helen helena nell ellen
henry harry hal hank
herbert bert herb
hugh hughie
ian iain
isabella isabel isobel izzy bella issy
jacob jake
jacqueline jackie jacqui
james jim jimmy jamie jem
janet jan
janice jan
jason jay
jennifer jenny jen jenna
jeremy jez jerry
jessica jess jessie
joan joanie
joanne joanna jo joey
john jon johnny jack
jonathan jon jonny johnny
joseph joe joey
josephine jo josie
joshua josh
joyce joy
judith judy jude
julia julie jules
karen kaz
kenneth ken kenny
kevin kev
kimberley kimberly kim
laura laurie
lawrence laurence larry laurie loz
leonard len lenny leo
leslie lesley les
lewis louis lou louie
lillian lilian lily lil
linda lin lindy
louise lou
lucy lucille lucinda lu
lynn lynne lynda
madeleine maddie maddy
malcolm mal malc
margaret maggie mags meg peggy peg marge margie madge daisy rita greta
maria mary marie molly polly mae
marilyn mal
marjorie marj marge
martin marty
martha marty patty
matilda tilly mattie
matthew matt matty
maureen mo maurie
maurice mo
maxwell maximilian max
melanie mel
melissa mel lissa
michael mike mick micky mickey mikey mitch
michelle shell shelley
mohammed mohammad muhammad mohamed mohamad muhammed mo
muriel mu
nancy nan
natalie nat
natasha tasha nat
nathan nathaniel nat nate
nicholas nicolas nick nicky nico
nicola nicole nicky nikki nic
norman norm
oliver ollie
olivia liv livvy
pamela pam
patricia pat patsy trish trisha tricia paddy
patrick pat paddy
pauline paula
penelope penny pen
peter pete
philip phillip phil pip
philippa pippa pip
phyllis phil
rachel rach rachael
raymond ray
rebecca becky becca bec
reginald reg reggie
richard rick ricky dick rich richie
robert rob bob bobby robbie bert
roberta bobbie
robin rob
roger rodge
ronald ron ronnie
rosemary rose rosie
russell russ
ruth ruthie
samantha sam sammy
samuel sam sammy
sandra sandy
sarah sara sally sadie
sebastian seb
sharon shaz
sheila shee
shirley shirl
sidney sydney sid syd
simon si
sophie sophia soph
stanley stan
stephanie steph stevie
stephen steven stefan ste steve stevie
stuart stewart stu
susan suzanne susanna susannah sue susie suzy
sylvia sylvie
terence terry tel
teresa theresa tess terri tessa
thelma thel
theodore theo ted
thomas tom tommy
timothy tim timmy
tracey tracy trace
valerie val
vanessa nessa
veronica ronnie vera
victor vic
victoria vicky vicki tori
vincent vince vinnie
violet vi
vivian vivien viv
walter wally walt
wayne wayney
wendy wend
wilfred wilf
william will bill billy willy liam
winifred win winnie
yvonne eve vonnie
zachary zac zach
"""


def _table() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _FORMS.split("\n"):
        forms = line.split()
        for form in forms:
            found.setdefault(form, set()).update(other for other in forms if other != form)
    return {form: frozenset(others) for form, others in found.items()}


_OTHERS: Final = _table()


def other_forms(name: str) -> frozenset[str]:
    """Other forms of a folded given name: for "peggy" also "margaret" and "meg"."""
    return _OTHERS.get(name, frozenset())
