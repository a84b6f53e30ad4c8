"""Places and their peoples. Owns: which words name the same place, and which ordinary-looking words are places.

Does not own: finding names.
"""

from __future__ import annotations

from assistant.text.words import listed

# A line a place: every word or phrase in it may stand for the others.
_SAME = """uk britain british briton britons|us usa america american americans|finland finnish finn finns|wales welsh|scotland
    scottish scots scot|
england english|ireland irish|netherlands dutch holland|germany german germans|france french|spain spanish spaniards|sweden
swedish swedes swede|
denmark danish danes dane|norway norwegian norwegians|iceland icelandic|italy italian italians|portugal portuguese|greece greek
greeks|poland polish poles|
austria austrian austrians|switzerland swiss|belgium belgian belgians|luxembourg luxembourgish|hungary hungarian
hungarians|czechia czech czechs|slovakia slovak|
slovenia slovenian slovene|croatia croatian|serbia serbian|romania romanian|bulgaria bulgarian|estonia estonian
estonians|latvia latvian|lithuania lithuanian|
ukraine ukrainian ukrainians|russia russian russians|turkey turkish turkiye|cyprus cypriot|malta maltese|canada canadian
canadians|australia australian australians|
nz newzealander newzealanders|japan japanese|china chinese|india indian indians|pakistan pakistani|bangladesh bangladeshi|korea
korean koreans|singapore singaporean|
taiwan taiwanese|vietnam vietnamese|thailand thai|indonesia indonesian|malaysia malaysian|philippines filipino|brazil brazilian
brazilians|colombia colombian|
chile chilean|argentina argentine argentinian|mexico mexican|peru peruvian|uruguay uruguayan|ecuador ecuadorian|venezuela
venezuelan|cuba cuban|jamaica jamaican|
barbados barbadian bajan|egypt egyptian|israel israeli|iran iranian|iraq iraqi|syria syrian|saudi|qatar qatari|nigeria
nigerian|kenya kenyan|ghana ghanaian|rwanda rwandan|
uganda ugandan|tanzania tanzanian|ethiopia ethiopian|senegal senegalese|morocco moroccan|tunisia tunisian|algeria algerian|asia
asian|africa african|
london londoners londoner|glasgow glaswegian|manchester mancunian|liverpool liverpudlian|catalonia catalan|basque|flanders
flemish|bavaria bavarian|quebec quebecois"""
_GROUPS = [frozenset(line.split()) for line in _SAME.split("|")]
SAME_PLACE: dict[str, frozenset[str]] = {word: group for group in _GROUPS for word in group}
# One way only: what a span must hold for a claim's word to stand.
HELD_BY = {
    "european": frozenset({"eu", "europe", "european"}),
    "europe": frozenset({"europe", "european"}),
    "europeans": frozenset({"europe", "european", "europeans"}),
}
# Names of several words that are one place, in folded text.
PHRASES = (
    ("united kingdom", "uk"), ("great britain", "uk"), ("united states of america", "us"), ("united states", "us"),
    ("european union", "eu"), ("new zealanders", "newzealanders"),
    ("new zealander", "newzealander"), ("new zealand", "nz"), ("aotearoa", "nz"), ("u.k.", "uk"), ("u.s.a.", "us"), ("u.s.",
    "us"), ("e.u.", "eu"),
)  # fmt: skip
# Places and first names that look like ordinary English words, or are: at the start of a sentence they count as names.
LOOKS_ORDINARY = frozenset(
    listed("""reading barking woking worthing dorking epping kettering beijing tring goring nanjing chongqing bath nice derby
        hull deal sale rugby wells battle rye cork ely
    mobile phoenix orange lima jersey jordan chad cuba turkey china italy sicily philadelphia france provence florence
    constance venice leicester gloucester worcester
    alfred fred ted ed mohammed muhammad ahmed syed wilfred mildred winifred jared emily sally beverly kelly molly holly polly
    billy lily carly terrence lawrence
    clarence prudence patience charity grace faith hope joy mark frank rob bill will jack rose may june april august victor
    norman dean earl prince bishop fleming
    manning browning harding golding cunningham banting king sterling darling goring hastings cumming cummings rawlings
    jennings hutchings athens bexley bromley barnsley
    burnley dudley crawley wembley finchley hackney camden barnet harrow ealing havering haringey enfield brent lambeth
    lewisham southwark greenwich merton sutton kent
    surrey sussex essex norfolk suffolk devon dorset lancaster chester manchester doncaster leeds bradford preston bolton
    oldham wigan stoke crewe durham sunderland""")
)  # fmt: skip
