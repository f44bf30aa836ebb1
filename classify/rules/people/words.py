# ruff: noqa: E501 (a word list is read as one line)
"""Words by what they do in a sentence about people who come, rise or go; each class is one letter.

Letters: ``H`` a verb that takes a person in (active), ``Q`` its participle, ``M`` and ``m`` the same for promotions,
``J`` a verb by which a person comes, ``L`` one by which a person goes, ``F`` a verb that sends a person away,
``S`` to succeed, ``O`` to hand over, ``E`` and ``D`` nouns for coming and going, ``U`` successor, ``u`` predecessor,
``G`` what was before or elsewhere, ``B`` to be, ``w`` will be, ``A`` as or into, ``T`` to, ``b`` by, ``p`` other
prepositions, ``N`` new, ``W`` who, ``Y`` to say, ``Z`` not, ``&`` and, ``C`` the rival, ``X`` other capitalised
names, ``P`` a person, ``R`` a role, ``o`` anything else; marks stand for themselves.
"""

from __future__ import annotations

from typing import Final

_CLASSES: Final = {
    "H": "lines up,line up,welcome to,warm welcome to,finds,snaps up,hires back,appoint,appoints,appointing,name,names,naming,hire,hires,hiring,tap,taps,tapping,elect,elects,electing,select,selects,choose,chooses,"
    "pick,picks,recruit,recruits,recruiting,poach,poaches,lure,lures,nab,nabs,snag,snags,add,adds,adding,welcome,welcomes,welcoming,introducing,introduces,"
    "announces,installs,engages,brings in,brings on,brings aboard,brings on board,bringing in,bringing on,bring on,bring on board,bring in,brings,bringing,ropes in,"
    "onboards,signs,signs up,lands,drafts in,turns to,say hello to,meet,designates,nominates,proposes,retains,enlists,rehires,parachutes in,"
    "puts,put,make,makes,places,moves,confirms,gives,appoint as,give it up for,please welcome,congratulate,congratulates,unveils,reappoints,re-elects,adds to",
    "Q": "lined up,found,snapped up,lured back,brought back,appointed,named,hired,hired away,tapped,elected,selected,chosen,chose,picked,recruited,poached,lured,nabbed,added,welcomed,installed,engaged,brought in,"
    "brought on,brought aboard,brought on board,brought,roped in,onboarded,signed,landed,drafted in,turned to,designated,nominated,confirmed,made,rehired,moved,"
    "asked,given,announced,introduced,retained,enlisted,put,placed,approved,reappointed,re-elected,called,unveiled,recalled,handed,entrusted,tasked,parachuted in,co-opted",
    "M": "promote,promotes,promoting,elevate,elevates,elevating,upped,ups",
    "m": "promoted,elevated",
    "J": "gets job,gets top job,lands job,got job,wins job,stands in,stand in,stepping in,standing in,returning to,is returning,join,joins,joined,joining,rejoin,rejoins,rejoined,rejoining,comes,came,coming,come aboard,comes aboard,came aboard,come on board,arrives,arrived,starts,started,starting,"
    "begins,began,takes over,took over,take over,taking over,taken over,assume,assumes,assumed,assuming,become,becomes,became,becoming,return,returns,returned,returning,steps in,"
    "stepped in,step in,steps into,step into,stepped into,steps up,step up,stepped up,moves into,moves to,moved to,moved into,move to,move into,moving into,moving to,moves over to,shifts to,transitions to,transition to,transitioning to,"
    "transitioned to,takes on,took on,take on,taking on,taken on,takes up,took up,take up,takes charge,take charge,takes the helm,took the helm,take the helm,taken the helm,takes the reins,takes,take,took,"
    "will lead,will head,will run,to lead,to head,to run,will oversee,heads,leads,runs,will serve,to serve,will act,accepted,accepts,accept,heading to,heads to,is heading to,on board,aboard,"
    "moves up to,moved up to,move up to,moves up,rises to,ascends to,fills in,fill in,will fill,fills,will manage,will be leading,will be heading,will be running,succeed to,has a new job,joing,lands at,land at",
    "L": "finish at,finish with,finishes at,finishing at,finishes with,moved from,moves from,employment terminate,employment terminated,employment ended,employment end,employment ends,employment ceased,ceased to serve,ceases to serve,ceased to act,not extended,not renewed,not be extended,not be renewed,not seek another term,not seek new term,not run for re-election,not seek reelection,leave,leaves,left,leaving,depart,departs,departed,departing,resign,resigns,resigned,resigning,retire,retires,retired,retiring,step down,steps down,stepped down,stepping down,"
    "step aside,steps aside,stepped aside,step back,steps back,stepped back,stepping back,stepping aside,stand down,stands down,stood down,standing down,quit,quits,quitting,exit,exits,exited,exiting,"
    "out,moves on,moved on,move on,moving on,moved away,to go,is gone,gone,die,dies,died,passed away,put in papers,tendered resignation,tendered notice,submitted resignation,submitted notice,handed in notice,handed in resignation,"
    "offered resignation,gave notice,given notice,relinquish,relinquishes,relinquished,relinquishing,vacate,vacates,vacated,step away,steps away,stepped away,stepping away,bows out,bow out,bowed out,"
    "not stand for re-election,not stand for reelection,not standing for re-election,not seek re-election,not be standing for re-election,not seeking re-election,declined re-election,declines re-election,"
    "not renew contract,not extend contract,calls it a day,last day,end tenure,ends tenure,ended tenure,off,cease,ceases,ceased,ceasing,heads for the exit,walks,walks out,walked out,part ways,parted ways,parting ways,goes,gives up,give up,gave up,"
    "outgoing,hanging up,hang up,abdicates,defects,defected,says goodbye,say goodbye,bids farewell,bid farewell,jumps ship,terminate contract,terminate employment,ends contract,end contract,dissolve contract,ousted,fired,dismissed,sacked,removed,pushed out,forced out,terminated,let go,laid off,suspended",
    "F": "left by,vacated by,left vacant by,left open by,oust,ousts,ousting,fire,fires,firing,dismisses,sacks,removes,pushes out,forces out,lets go,lose,loses,lost,losing,parts ways with,parted ways with,part ways with,parting ways with,parts company with,"
    "parted company with,parts with,parted with,bids farewell to,bid farewell to,bidding farewell to,says farewell to,say farewell to,says goodbye to,say goodbye to,said goodbye to,said farewell to,terminates,shows the door,suspends,thanks,thank,mourns,mourn,waves goodbye to,axes,axed",
    "S": "take place,takes place,took place,succeed,succeeds,succeeded,succeeding,replace,replaces,replaced,replacing,take over from,takes over from,took over from,taking over from,takes the place of,take the place of,take place of,takes place of,steps in for,stepping in for,fills in for,follows,following in the footsteps of,to replace,fill the shoes of,taking the place of",
    "O": "hands over,hand over,handed over,handing over,hands,hand,handing,passes,pass,passed,hands off,turns over,turn over,cedes,cede,gives way,makes way,make way,give way",
    "E": "new hires,new joiners,new starters,new faces,new arrivals,new recruits,appointment,appointments,hire,hiring,addition,additions,arrival,arrivals,election,promotion,promotions,elevation,nomination,onboarding,recruitment",
    "D": "departure,departures,resignation,resignations,retirement,exit,exits,passing,death,loss,dismissal,ouster,ousting,removal,firing,stepping down",
    "U": "successor,replacement",
    "u": "predecessor",
    "G": "served,serving as,worked,former,formerly,previously,most recently,recently,ex,currently,previous,until now,earlier,where,having,prior,before,after serving,then,background,past,late of,once,alumnus,alumna,alum,prior to",
    "B": "is,are,was,were,be,been,being,gets,get,got",
    "w": "is now,are now,will be,to be,is to be,shall be,would be",
    "A": "as,into,to serve as,to be,to become,to act as,to role of,to position of,to post of,to office of,to job of,in role of,in position of,to its role of,role of,position of,post of,job of,title of,duties of,office of,roles of,positions of,responsibilities of,into role of,in capacity of,capacity of,mantle of",
    "T": "to,unto",
    "b": "by",
    "p": "of,at,from,with,for,in,on,under,over,across,within,via,than,amid,after,since,during,until,through,around,between",
    "N": "new,next,first,incoming,newest,first-ever,inaugural,newly appointed,newly named,newly-appointed,newly hired,soon-to-be,another,additional,full",
    "o": "leave of absence,medical leave,parental leave,maternity leave,paternity leave,sabbatical,on leave,on sabbatical,on maternity leave,on parental leave,on medical leave",
    "W": "who",
    "Y": "meet team,meet speakers,meet panel,meet experts,said,says,say,told,tells,added in,commented,comments,explained,explains,noted,notes,wrote,writes,according to,stated,spoke,speaks,adds that,reports to,reporting to,report to,interviews,interview with,talks to,talk to,works with,work with,alongside,led by,thanked,joined by",
    "Z": "call on,calls on,called on,rumour has it,rumor has it,rumoured to,rumored to,tipped as,tipped to,speculation,rumours,rumors,wide of mark,calls for,call for,urges,urge,urged,demands,pressure on,under pressure,refuses,rumours,should,could,might,may be,not,never,denies,denied,n't,isn't,won't,rather than,nor,rejects,no plans,insists",
    "&": "and,&,plus,while,but,as well as,along with,together with",
}
#: Words that change nothing: determiners, auxiliaries, adverbs.
_EMPTY_SAID = (
    "the a an its our their his her my your this these today also officially formally immediately just now has have had having will would shall may to-day"
    " unanimously proudly recently finally already therefore hereby jointly mutually both respectively effective duly very own each yesterday him them newly wonderful amazing great brilliant fantastic beloved talented incredible dear lovely awesome"
    " created newly-created permanently temporarily currently-serving long-time longtime veteran seasoned w.e.f w.e.f. wef frenchwoman englishwoman irishwoman dutchwoman dutchman frenchman englishman irishman scotsman welshman  longstanding long-serving current outspoken"
    " embattled ailing"
)
EMPTY: Final = frozenset(_EMPTY_SAID.split())
_OWN_WORDS_SAID = (
    "company firm group us team bank business board-room insurer retailer startup start-up lender"
)
OWN_WORDS: Final = frozenset(_OWN_WORDS_SAID.split())

#: The words by their first word, the longest first: ``{"step": [(("step", "down"), "L"), …]}``.
LEXICON: Final[dict[str, list[tuple[tuple[str, ...], str]]]] = {}
for _code, _listed in _CLASSES.items():
    for _phrase in _listed.split(","):
        _words = tuple(_phrase.split())
        LEXICON.setdefault(_words[0], []).append((_words, _code))
for _entries in LEXICON.values():
    _entries.sort(key=lambda entry: -len(entry[0]))

#: Small words inside names, and what is said before them.
_PARTICLES_SAID = "van von de da dos do del della der den di du la le el al bin ibn ter zu und y e ten af av lo st st. o de' d' de’ d’ ten"
PARTICLES: Final = frozenset(_PARTICLES_SAID.split())
_TITLES_SAID = "dr dr-ing dr.-ing dr.-ing. dipl.-ing. ing shri smt sri herr frau mme lt gen maj col capt adm brig ret prof mr mrs ms mx sir dame professor doctor lady lord rev hon"
TITLES: Final = frozenset(_TITLES_SAID.split())

#: The words that are a whole entry of the lexicon, and so no part of a name.
SINGLE: Final = frozenset(words[0] for entries in LEXICON.values() for words, _ in entries if len(words) == 1)
#: Capitalised words that make a run of capitalised words no person's name: "Nomination Committee", "Zendrix Exec".
_NO_SURNAME_SAID = (
    "exec execs officers officer committee capital markets partners ventures fund bank health university college institute agency office press release"
    " annual general meeting appointments appointment changes change transition succession leadership management services service supervisory nomination key"
    " three two four several inside information item section team teams growth global business unit division area region north south east west america"
    " american company group stock exchange corporate investor relations media contact chief street journal times post news daily weekly people personnel"
    " moves movers digital customer customers product data cloud security public sector act agreement plan report nasdaq nyse executives executive directors"
    " director members member technologies technology advisory council association foundation hospital school insurance medical clinical center centre"
    " segment segments industrial operations practice portfolio logistics consumer wholesale veteran alum alumnus leader leaders forum summit award awards week day conference welcome hello thanks congratulations congrats breaking exclusive"
    " scoop bonjour dear southern northern eastern western nordic nordics iberia benelux abruptly suddenly unexpectedly immediately swaps swap vps svps evps ceos co-ceos cfos ctos managers officers presidents founders trustees chairs deputies bids bid bumps bump steps quits joins heads leads lands exits retires departs"
)
NO_SURNAME: Final = frozenset(_NO_SURNAME_SAID.split())
#: Words that end the search for the beginning of a role.
_NOT_A_ROLE_SAID = (
    "longtime long-time veteran seasoned former current that which whose than then if when because about their industry board-level more less most many"
    " several two three four five six seven million billion series round"
)
NOT_A_ROLE: Final = frozenset(_NOT_A_ROLE_SAID.split())
