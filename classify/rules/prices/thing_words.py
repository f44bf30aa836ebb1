# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Words around what is paid for: which end its name, which stand before a price, which are no part of it."""

from __future__ import annotations

from typing import Final

from classify.rules.words import COMMON, DATES, VERBS


def _said(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: What names the amount and not the thing: "storage pricing", "price of egress".
PRICE_NOUNS: Final = _said("price prices pricing cost costs rate rates")
#: With what the name of a plan goes on, and which is no part of it.
PLAN_NOUNS: Final = _said(
    "plan plans tier tiers package packages subscription subscriptions licence licences license licenses paket pakete tarif tarife abo abonnement abonnemang forfait formule"
)
#: No part behind a name in capitals ("All Access membership"), a part behind common words ("student membership").
KIND_NOUNS: Final = _said(
    "membership memberships edition editions bundle bundles model models server servers instance instances option options"
    " version account accounts users seats seat scanner pump add-on add-ons pass passes fee product products service tariff tariffs app"
)
#: Of whose price a text tells behind these: "price increases of 10 percent for its dedicated servers".
CHANGE_NOUNS: Final = _said(
    "decrease decreases decreased increase increases rise rises cut cuts reduction reductions hike hikes drop drops discount discounts off change changes"
    " fee fees charge charges surcharge adjustment adjustments cheaper dearer pay pays paying"
)
RAISES: Final = _said(
    "raise raises raised raising hike hikes hiked hiking lift lifts lifted lifting decrease decreases decreased increase increases increased increasing cut cuts"
    " cutting lower lowers lowered lowering reduce reduces reduced reducing slash slashes slashed slashing drop drops dropped dropping"
    " trim trims trimmed trimming bump bumps bumped bumping double doubles doubled doubling halve halves halved halving triple triples"
    " tripled ups upping prices priced pricing price reprices repriced offers offering adds adding launches launched introduces"
    " introduced introducing sells selling discounts bills charges buys gets"
)
IS_PRICED: Final = _said(
    "is are was were be will would cost costs costing goes go going went rises rise rising rose increases increase increasing jumps jump"
    " jumped climbs climb climbing climbed falls fall fell falling drops drop dropped dropping gets get becomes become starts start"
    " starting begins now remains stays stay moves move moving comes to at from has changes change just only halved halves doubles"
    " doubled triples tripled up down currently previously launches launch launched debuts arrives sells used stops"
    " hits hit reaches reach reached capped tops slips slipped dips dipped edges edged soars leaps settles reverts outright"
)
#: Who pays, which is nothing that is paid for.
PAYERS: Final = _said(
    "customer customers user users subscriber subscribers team teams individual individuals business businesses company companies"
    " freelancers freelancer household households home homes people everyone everybody anyone all clients client shops merchants"
    " sellers drivers riders frameworks teachers pensioners tenants policyholders holders schools school nonprofits charities startups developers organizations organisations creators newcomers"
    " families visitors guests parents employees staff patients residents agencies enterprises readers you us them me it this that"
    " these those which who the orders contracts renewal renewals life example instance power time times year years month months"
    " week weeks day days weekdays weekends free sale purchase now today europe uk us germany france"
)
DETERMINERS: Final = _said(
    "the a an its our your their his her all both each every this that these those any one two three four five some most"
)
#: Before a name, and no part of it.
QUALIFIERS: Final = _said(
    "new existing current old previous former latest popular flagship top cheapest priciest revised updated upcoming paid"
    " introductory discounted regular usual normal full list retail average minimum base-level starting main"
    " entire so-called headline per-seat per-user us uk eu european german french british american global overall additional-fee"
    " another other certain selected select various several lowest highest most least expensive affordable best-selling"
    " promotional entry special special-offer standalone brand-new"
)
#: Alone they tell no more than "the price" does.
GENERIC: Final = _said(
    "monthly annual yearly weekly daily hourly quarterly per-month recurring subscription subscriptions membership memberships plan plans"
    " tier tiers service services product products pricing price prices fee fees charge charges rate rates fare fares bill bills premium"
    " premiums list retail our regular seat seats user users licence license licences licenses cost costs tariff tariffs package"
    " packages offer deal commission quote invoice renewal customer total payment payments billing platform app usage usage-based"
    " pay-per-use per-message per-seat month year discount launch black friday sale start end update news it catalogue portfolio range"
    " price-list support menu general cheaper changes effective today software tool company system and"
)
_STOP_SAID: Final = (
    "i me my we he she him they who whom whose what when where why how if then than so as but not no nor yet also too very more less"
    " there here just only still again already soon ever never always often once over under above below between among across through"
    " within without about around up down out off in on at by to from for of with into onto upon against during before after until till"
    " since while because although though whereas whether unless like per via plus minus vs versus instead rather otherwise and or & be"
    " been being am do does did done have has had having can could may might must shall should would will won't don't doesn't yes please"
    " including included include includes excluding excluded effective january jan feb mar apr jun jul aug sept sep oct nov dec spring"
    " summer autumn winter month months year years week weeks day days hour hours minute minutes annum today tomorrow yesterday now"
    " currently previously formerly earlier later next last percent per-cent cent cents usd eur gbp chf sek nok dkk cad aud jpy inr rs"
    " nothing everything anything something pay pays paid paying buy buys save saves saving keep keeps kept ask asks asked want wants"
    " says said say told tells announced announces announcing today’s citing cites cited blames blaming meaning means meant affects affected"
    " apply applies applied available launch launches launched starting start starts begin begins beginning mo yr hr"
    " matching undercutting making bringing giving according quietly officially finally hi hello dear heads-up sorry thanks thank"
    " you’ll we’re we’ve we’ll it’s that’s here’s isn't aren't pushes pushing puts put putting takes took taking sees announcement"
    " due worth get gets getting got give gives let lets see learn read let's come comes coming goes go going stay stays stayed remain"
    " remains remained change changes changed changing move moves moved moving become becomes became switch switching upgrade upgrading wanted want need needs listened made make makes making build builds aimed using used use"
    " steigt steigen kostet kosten erhöht von auf ab im für statt neu bisher vorher zuvor jetzt nur pro je bleibt bei und der die das den monatlich jährlich dearer cheaper costlier januar februar märz mai juni juli oktober dezember"
    " itself themselves million billion thousand remains found find finds tested testing works launching plus"
)
STOP: Final = (
    _said(_STOP_SAID)
    | DETERMINERS
    | DATES
    | IS_PRICED
    | RAISES
    | ((COMMON | VERBS) - _said("team teams lead support report host presents"))
)
#: Words of every day that in capitals are names of plans.
NAMES: Final = _said(
    "plus go start one all launch move team teams lead pro max free get next now it complete select support form choice reports report view open sign use only"
)
#: Common words that belong to a name in capitals behind them: "managed Postgres".
PARTS: Final = _said(
    "object block private public virtual spot cloud shared serverless standard premium legacy classic"
)
#: Measures that belong to a number before them: "10 GB", "500 Mbps".
MEASURES: Final = _said(
    "gb tb mb gib tib gbit mbit gbit/s mbit/s mbps gbps vcpu vcpus cores users seats minutes credits classes rides kg l m"
)
#: Times that are a part of a name before these: "day pass", "month ticket".
TIMES: Final = _said("day month year week weekend night hour sunday monday weekday season")
TIMED: Final = _said(
    "pass passes ticket tickets return card permit permits roast paper edition rate travelcard"
)
#: Behind a name, and no part of it: "Pro annual", "Enterprise list".
TAILS: Final = _said("list retail monthly yearly annual annually yearly neu base bill bills premiums")
#: Names of which seats, accounts and editions are told: "Team seats", "Business account fee", "Professional edition".
TIER_NAMES: Final = _said(
    "pro plus team teams business premium basic starter growth enterprise standard essential essentials professional advanced core lite"
    " scale max ultra studio personal family solo free silver gold platinum complete unlimited individual premier"
)
#: Before "for" they tell of a price as "price of" does.
FEES: Final = _said("fee fees charge charges surcharge surcharges")
#: Before what a plan holds, which is not what is paid for.
COUNTS: Final = _said(
    "one two three four five six seven eight nine ten twelve twenty fifty hundred unlimited"
)
#: Who pays, however it is written.
NEVER_THINGS: Final = _said(
    "customers users customer user subscriber subscribers clients drivers readers visitors merchants sellers holders people everyone everybody anyone"
)
#: Behind a name in capitals that the rival's own stands before: "Parcelway Ground to go up".
RISES: Final = _said(
    "will to cost costs goes go rises rise increases jumps climbs falls fall drops drop gets becomes starts moves doubles"
)
#: What raises with "up": "putting up its off-peak membership".
PUTS: Final = _said("put puts putting push pushes pushing bring brings bringing mark marks marking")
#: Within a name at the beginning of a sentence: "Parking at Terminal 2".
WITHIN: Final = _said("at in to for within outside with into between over above under beyond")
#: What a name that tells who pays meets: "Broadband customers face an increase".
MEETS: Final = _said("face faces facing see")
#: What the rival does for a price: "For its scooters Zonda asks €0.25".
ASKS: Final = _said("asks ask charges charge wants takes")
#: Before common words that are meant: "the price of its mobile contracts".
ITS: Final = _said("its our the their all every")
BULLETS: Final = frozenset("•·–—-*/|:✱")
