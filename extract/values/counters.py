"""How pages count by themselves, in words: who looks, applies and joins, what was found, how long it is to go.

Each pattern is a number, a unit of people or time, and a verb of what visitors do; a number without such a frame is a
fact and stays.
"""

from __future__ import annotations

_NUMBER = r"(?:\d{1,3}(?:[ .,]\d{3})+|\d+)\+?"
_START = r"(?<![$€£¥\w.\-/])"
_CROWD = (
    r"(?:people|teams|compan(?:y|ies)|persons?|users?|visitors?|readers?|members?|others|customers?|shoppers?|"
    r"candidates?|applicants?|"
    r"guests?|colleagues|subscribers?|buyers?|personen|leute|nutzer(?:innen)?|besucher(?:innen)?|leser(?:innen)?|"
    r"mitglieder|kund(?:en|innen)|bewerber(?:innen)?|interessenten|personnes?|utilisateurs|visiteurs|lecteurs|"
    r"membres|clients?|candidats|internautes|personas?|usuarios|visitantes|lectores|miembros|clientes|candidatos|"
    r"persone|utenti|visitatori|lettori|iscritti|mensen|gebruikers|bezoekers|lezers|leden|klanten|kandidaten|"
    r"osób|osoby|osoba|użytkowników|klientów|czytelników|gości|kandydatów|personer|användare|besökare|läsare|"
    r"kunder|brukere|pessoas|utilizadores|usuários|leitores)"
)
_ACTING = (
    r"(?:view(?:ed|ing)|watch(?:ed|ing)|look(?:ed|ing)|brows(?:ed|ing)|reading|online|applied|joined|signed up|"
    r"registered|enrolled|found|bought|purchased|ordered|booked|waiting|here now|saved|"
    r"sehen|schauen|angesehen|lesen|gelesen|beworben|angemeldet|hilfreich|gekauft|bestellt|gebucht|registriert|"
    r"regardent|consultent|lisent|postulé|inscrit(?:e?s)?|acheté|réservé|en ligne|"
    r"viendo|mirando|visto|leyendo|inscrito|comprado|reservado|en línea|solicitado|apuntado|"
    r"guardando|visualizzando|candidat[ei]|acquistato|prenotato|"
    r"bekijken|kijken|bekeken|gesolliciteerd|aangemeld|gekocht|geboekt|"
    r"ogląda(?:ją|ło)?|przegląda(?:ją)?|czyta(?:ją)?|aplikowało|zapisało|kupiło|zarezerwowało|"
    r"tittar|läser|ansökt|sökt|anmält|köpt|bokat|ser på|vendo|comprado|candidataram)"
)
#: What stands behind a live count in English, so that a line of nothing else is nothing but noise.
AT_WHAT = (
    r"(?:\s+(?:(?:at|on|through)\s+)?(?:this|the|our)\s+"
    r"(?:web ?site|site|page|product|item|plan|offer|article|course))?"
    r"(?:\s+(?:right\s+now|now|at the moment|currently)\b)?"
)
#: ``137 osób ogląda teraz tę stronę``, ``212 people applied``, ``Join 2,310 readers``.
CROWDS = (
    rf"{_START}{_NUMBER}\s+(?:[^\W\d][\w'-]*\s+){{0,1}}?{_CROWD}\b(?:\s+[^\W\d][\w'-]*){{0,3}}?\s+{_ACTING}\b{AT_WHAT}"
    rf"|\b(?:join|joined by|rejoignez|[uú]nete a|unisciti a|dołącz do|sluit je aan bij|junte-se a|gå med)\s+"
    rf"(?:[^\W\d][\w'-]*\s+){{0,3}}?{_NUMBER}(?:\s+[^\W\d][\w'-]*){{0,2}}?\s+{_CROWD}\b"
    rf"|^\W*{_NUMBER}\s+(?:[^\W\d][\w'-]*\s+)?(?:colleagues|collega'?s|kolleg(?:en|innen|\*innen)|collègues|compañeros|"
    rf"colleghi|współpracowników|kollegor|kolleger)\W*$"
    rf"|\b(?:visitor|besucher|visiteur|visitante|bezoeker|besökare|odwiedzin)\w*\s*(?:no\.?|number|nr\.?|nummer|n°|nº|"
    rf"número|#|:)+\s*{_NUMBER}"
    r"|\d[\d,.]*\s*(?:社|人|名|店舗|ユーザー)(?:以上)?(?:が|の|に|を)?\s*(?:利用|導入|閲覧|応募|参加|登録|視聴|見て)"
    r"(?:中|済み|しています|いただいています)?"
)
#: ``12 out of 19 found this helpful``, ``3 empleos encontrados``, ``Znaleziono 12 ofert``.
FOUND = (
    r"\b\d+\s+(?:out of|of|von|sur|de|van|z|av|di|su)\s+\d+\s+(?:[^\W\d]\w*\s+){0,2}?(?:found|fanden|finden|trouvé|"
    r"encontraron|consideran|vonden|uznał\w*|tyckte|hanno trovato|acharam)\b"
    rf"|^\W*{_NUMBER}\s+(?:[^\W\d][\w'-]*\s+){{1,3}}?(?:found|gefunden|trouvée?s?|encontrad[oa]s?|trovat[aeio]|"
    rf"gevonden|"
    rf"znalezion\w+|hittades|hittade|funnet|fundet)\W*$"
    rf"|^\W*(?:found|es wurden|znaleziono|hittade|se encontraron|se han encontrado|trouvé)\s+{_NUMBER}"
    rf"(?:\s+[^\W\d][\w'-]*){{1,3}}\W*$|\d+\s*件(?:の求人)?(?:が見つかりました|見つかりました|の検索結果)"
    rf"|{_START}{_NUMBER}\s+(?:beoordelingen|recensies|reseñas|opiniones|valoraciones|recensioni|opinii|ocen|omdömen|"
    rf"avaliações|avis(?: clients?| vérifiés)?)\b|\btrustscore\W*\d[\d.,]*"
    rf"|\b(?:yes|no|ja|nein|nej|oui|non|sí|nee|tak|nie)\s*\(\d+\)"
    rf"|\b(?:rated|rating|bewertung|ocena|score|nota|puntuación|beoordeling)\W{{0,3}}\d[.,]\d\b"
    rf"(?:\s+(?:by|from|von|par|por|door|z|av)\s+{_NUMBER}(?:\s+[^\W\d]\w*)?)?"
    rf"|{_START}\d[.,]\d\s+(?:von|sur|de|van|z|su|av|på)\s+5\b"
    rf"|\bvisitors?\s+(?:today|yesterday|online|total|this (?:week|month))\s*:?\s*{_NUMBER}"
    rf"|\b(?:bekeken|weergaven|wyświetle\w+|odsłon\w*|zugriffe|aufrufe|klicks|hits|visites|visitas|visualizzazioni|"
    rf"letture|visningar|visninger|besucher(?: heute)?|bezoekers|閲覧数)\s*:?\s*{_NUMBER}"
    rf"(?:\s*(?:keer|mal|fois|veces|raz\w*)\b)?"
    rf"|(?:訪問者数|アクセス数|閲覧数|访问量|浏览量|방문자 ?수)\s*[:：]?\s*{_NUMBER}"
)
_SEATS = r"(?:plätze?|plazas|plekken|places?|posti|miejsc\w*|platser|spots?|seats?)"
#: ``Noch 12 Plätze frei``, ``12 offene Stellen``, ``Over 100 applicants``, ``Leestijd: 3 minuten``: the whole line.
LINES = (
    rf"^\W*(?:noch|quedan|nog|plus que|il reste|restano|zostało|only|nur|sólo|solo)\s+{_NUMBER}\s+(?:freie\s+)?"
    rf"{_SEATS}(?:\s+\w+)?\W*$"
    rf"|^\W*{_NUMBER}\s+{_SEATS}\s+(?:frei|libres|vrij|beschikbaar|disponibles?|restantes?|liberi|kvar|taken|left)\W*$"
    rf"|^\W*{_NUMBER}\s+(?:of|von|sur|de|van)\s+{_NUMBER}\s+(?:places|seats|spots|plätzen?|plazas|plekken)\s+\w+\W*$"
    rf"|^\W*{_NUMBER}\s+(?:offene|freie|matching|passende|open|ofertas?|offres|vacantes?|ofert\w*|lediga)\s+"
    r"(?:stellen|jobs|"
    r"roles|treffer|correspondent|d'emploi|de empleo|pracy|tjänster)\W*$"
    rf"|^\W*(?:(?:über|over|more than|mehr als|plus de|más de|meer dan|ponad|be among the first)\s+)?{_NUMBER}\s+"
    r"(?:applicants?|applications?|bewerbungen|bewerber|candidatures?|candidats|solicitudes|candidatos|sollicitaties|"
    r"sollicitanten|aplikacji|kandydatów|ansökningar)\W*$"
    r"|^\W*(?:temps de lecture|leestijd|lesezeit|tiempo de lectura|tempo di lettura|"
    r"czas czytania|lästid)\W{0,3}\d+\s*min\w*\W*$"
    r"|\b\d+\s*min\w*\s+(?:czytania|leestijd|di lettura|de leitura)\b"
    r"|\b(?:average|typical|median)\s+(?:repl(?:y|ies)|response|wait(?:ing)?)\s+time\W{0,3}\d+\s*\w+"
    rf"|\b(?:besucher|visitors|visiteurs|visitas|bezoekers)\s+(?:seit|since|depuis|desde|"
    rf"sinds)\s+\d{{4}}\s*:?\s*{_NUMBER}"
)
_DAYS = (
    r"(?:days?|hours?|hrs|minutes?|weeks?|tage?|stunden?|wochen?|jours?|heures?|semaines?|días?|horas?|semanas?|"
    r"giorn[io]|or[ae]|settiman[ae]|dag(?:en|ar|er)?|uur|we(?:ek|ken)|dni|dzień|godzin\w*|tygodni\w*|timmar|"
    r"veckor|dias?)"
)
#: ``41 days to go``, ``noch 12 Tage``, ``faltan 3 días``.
COUNTDOWN = (
    rf"{_START}\d+\s+{_DAYS}\s+(?:to go|left|remaining|kvar|igjen|restants?|restantes|verbleibend|te gaan)\b"
    rf"|^\W*(?:(?:nur|solo|sólo|tylko|alleen|only)\s+)?(?:noch|plus que|il reste|faltan|"
    rf"quedan|faltam|mancano|nog|zostało|pozostało|jeszcze)\s+\d+\s+{_DAYS}\b"
    r"|^J ?- ?\d{1,3}$|あと\s*\d+\s*日"
)
#: ``It is 09:41 in Rotterdam; we are open.``, and ``Today is`` with a day.
CLOCKS = (
    r"^(?:today is|heute ist|nous sommes le|hoy es|vandaag is het)\b.{4,50}$|"
    r"\b(?:it(?:'s| is)(?: now| currently)?|local time(?: is)?|current time(?: is)?|es ist(?: jetzt)?|ortszeit|"
    r"il est|hora local|son las|het is(?: nu)?|jest(?: teraz)?|klockan är|sono le|ora locale|são)\s*:?\s*"
    r"\d{1,2}[:.h]\d{2}\b(?:\s*(?:[ap]\.?m\b\.?|uhr\b|uur\b))?"
    r"(?:\s+(?:in|at|à|en|a|w|i)\s+[^\W\d][\w'-]*(?:\s+[^\W\d][\w'-]*)?)?"
    r"(?:\s*[;,.-]?\s*(?:and\s+)?(?:we(?: are|'re)|wir haben|wir sind|nous sommes|estamos|we zijn|siamo)\s+"
    r"(?:(?:now|currently|jetzt|nu)\s+)?(?:open|closed|geöffnet|geschlossen|ouverts|fermés|abiertos|cerrados|"
    r"gesloten|aperti|chiusi)\b)?"
)
_PUBLISHED = (
    "posted", "published", "listed", "added", "reposted", "updated", "veröffentlicht", "eingestellt", "online seit",
    "publié", "publiée", "publicado", "publicada", "geplaatst", "gepubliceerd", "pubblicato", "dodano", "publicerad",
    "upplagd", "lagt ut",
)  # fmt: skip
_TODAY = (
    r"(?:today|heute|gestern|aujourd'hui|hier|hoy|ayer|vandaag|gisteren|oggi|ieri|dzisiaj|dziś|wczoraj|idag|"
    r"i dag|igår)"
)
_BEHIND = "|".join(f"(?<={word}{mark})" for word in _PUBLISHED for mark in (" ", ": "))
#: ``Posted today``, ``30+ days ago``, ``12s ago``, ``3 dni temu``, ``3日前``.
AGO = (
    rf"(?:{_BEHIND}){_TODAY}\b"
    r"|\b(?:(?:over|more than)\s+)?\d+\+\s*(?:hours?|days?|weeks?|months?|years?)\s+ago\b"
    r"|\b\d+\s?(?:s|secs?|m|mins?|h|hrs?|d|w|wks?|mos?|y|yrs?)\s+ago\b"
    r"|\b\d+\s+(?:sekund\w*|minut\w*|godzin\w*|dni|dzień|tygodni\w*|tydzień|miesi\w+|lata?)\s+temu\b|\bprzed chwilą\b"
    r"|\d+\s*(?:秒|分|時間|日|週間|か月|ヶ月|年)前"
)
#: What stands for such a line where it bears no figure.
WORDED = (
    r"\b(?:posted|published|listed|added|reposted|veröffentlicht|eingestellt|publi\w+|geplaatst|gepubliceerd|"
    rf"pubblicato|dodano|upplagd):? {_TODAY}\b|przed chwilą"
)
#: ``Laatst bijgewerkt op``, what stands before a day of revision in more languages.
REVISED = (
    r"next review(?: date)?(?: due)?|nächste überprüfung|prochaine révision|laatst (?:bijgewerkt|gewijzigd)|"
    r"bijgewerkt|ostatnia aktualizacja|zaktualizowano|"
    r"ostatnio (?:zmienion|edytowan)\w+|"
    r"zuletzt bearbeitet|bearbeitet|ultimo aggiornamento|aggiornat[oa]|última (?:atualização|modificación)|atualizado|"
    r"printed(?: on)?|exported(?: on)?|date of (?:print|export)|gedruckt|druckdatum|imprimé|impreso|afgedrukt|"
    r"wydrukowano|dernière modification|modifié|sist (?:oppdatert|endret)|senast ändrad|sidst opdateret|"
    r"最終更新日?|更新日"
)
#: ``Last updated by Mira on``
WHO_FIRST = r"(?:\s+by\s+[^\W\d][\w.'@-]*(?:\s+(?!on\b)[^\W\d][\w.'-]*)?)?"
#: ``Last updated on … by mira``, at the end of a line.
BY_WHOM = r"(?:\s+(?:by|von|par|por|door|av|przez)\s+[^\W\d][\w.'@-]*(?:\s+[^\W\d][\w.'-]*)?(?=\W*$))?"
