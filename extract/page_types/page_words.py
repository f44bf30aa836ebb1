"""The words by which pages of each type are addressed and titled, in several languages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from store.kinds import PageType

P = PageType
_PATHS: tuple[tuple[PageType, str], ...] = (
    (P.PRICING, r"pricing|plans?|prices|tarife?|preise|tarifs|precios|planes|priser|prezzi|packages"),
    (P.CAREERS, r"careers?|jobs?|join(?:-us)?|openings|vacanc(?:y|ies)|hiring|work-with-us|positions|karriere|"
                r"stellen\w*|"
                r"recrutement|carrieres?|emploi|empleo|lediga-jobb|jobba\w*|vacatures"),
    (P.TEAM, r"team|leadership|management|people|our-team|executives?|board|about-us/team|community|"
             r"committers|ueber-uns|equipe|equipo|om-oss|geschaeftsfuehrung|wer-wir-sind|maintainers"),
    (P.CUSTOMERS, r"customers?|case-stud(?:y|ies)|clients?|success-stories|powered-?by|users|who-uses|"
                  r"testimonials|kunden|referenzen|references|clientes|kunder|adopters"),
    (P.PARTNERS, r"partners?|sponsors?|subprocessors?|sub-processors?|resellers|alliances|ecosystem|partenaires|socios|"
                 r"partnere"),
    (P.INTEGRATIONS, r"integrations?|marketplace|apps|connectors|integrationen|integraciones"),
    (P.EVENTS, r"events?|webinars?|conferences?|meetups?|messen|veranstaltungen|termine|evenements|eventos|evenemang"),
    (P.CHANGELOG, r"change-?log|release-?notes|releases|whats-new|updates|history"),
    (P.POLICY, r"terms|privacy|legal|polic(?:y|ies)|tos|dpa|gdpr|security|cookies?|aup|acceptable-use|"
               r"licen[cs]e|sla|datenschutz\w*|agb|impressum|imprint|cgv|cgu|mentions-legales|confidentialite|"
               r"privacidad|"
               r"aviso-legal|integritetspolicy|villkor"),
    (P.STATUS, r"status|uptime|incidents?"),
    (P.NEWS, r"news|press|newsroom|blog|media|aktuelles|neuigkeiten|presse|actualites|noticias|nyheter"),
    (P.PRODUCT, r"products?|features?|platform|solutions?|produkte?|funktionen|produits?|productos?"),
)  # fmt: skip
BY_PATH = tuple(
    (kind, re.compile(rf"(?:^|[/_.-])(?:{pattern})(?:$|[/_.-])", re.I)) for kind, pattern in _PATHS
)
TITLES: tuple[tuple[PageType, float, re.Pattern[str]], ...] = tuple(
    (kind, weight, re.compile(pattern, re.I))
    for kind, weight, pattern in (
        (P.PRICING, 3.0, r"\b(?:pricing|plans?|prices|licen[cs]es|preise|preisliste|tarife?|tarifs|precios|"
                         r"planes|priser|prezzi|prijzen)\b"),
        (P.CAREERS, 3.0, r"\b(?:careers?|jobs|join (?:us|our|the)|we(?:'|’)?re hiring|open (?:positions|"
                         r"roles)|hiring|vacancies|openings|work (?:with|for|at) us|offene stellen|"
                         r"stellenangebote|jobb|"
                         r"karriere|recrutement|nous rejoindre|offres d'emploi|carrières|empleo|trabaja con|lediga "
                         r"(?:jobb|tjänster)|jobba hos|vacatures)\b"),
        (P.TEAM, 3.0, r"\b(?:(?:our |the |leadership |management )?team|leadership|people|committers|"
                      r"board(?: of directors)?|community|about us|who we are|our people|people|maintainers|"
                      r"über uns|unser team|geschäftsführung|équipe|qui sommes[- ]nous|direction|equipo|quiénes somos|"
                      r"om oss|vårt team|chi siamo|over ons)\b"),
        (P.CUSTOMERS, 3.0, r"\b(?:customers?|case stud(?:y|ies)|powered by|success stories|who(?:'s|"
                           r" (?:is|it))? us(?:es|ing)|who uses (?:it|us)|users|clients|adopters|trusted by|"
                           r"(?:unsere )?kunden|referenzen|nos clients|références|clientes|våra kunder|"
                           r"customer stories)\b"),
        (P.PARTNERS, 3.0, r"\b(?:rivenditor[ei]|concessionari|distributori|distribuidores|revendeurs|distributeurs|"
                          r"dealers?|stockists?|verkooppunten|forhandlere|partners?|sponsors?|sub-?processors?|"
                          r"resellers|funders|supporters|"
                          r"dealers|händler|partenaires|socios|colaboradores|återförsäljare)\b"),
        (P.INTEGRATIONS, 3.0, r"\b(?:integrations?|marketplace|connectors)\b"),
        (P.EVENTS, 3.0, r"\b(?:events?|webinars?|conferences|meetups|meet us|trade shows|messe(?:n|termine)|"
                        r"veranstaltungen|termine|év[ée]nements|salons|eventos|ferias|evenemang|mässor)\b"),
        (P.CHANGELOG, 3.0, r"\b(?:change ?log|release notes|releases|what(?:'|’)?s new|news|updates)\b"),
        (P.POLICY, 4.0, r"\b(?:terms(?: of (?:service|use))?|privacy|polic(?:y|ies)|agreement|cookies?|"
                        r"gdpr|guidelines|data processing|acceptable use|licen[cs]e|legal|security|"
                        r"compliance|code of conduct|conditions|notice|subpoenas?|copyright|DMCA|"
                        r"datenschutz\w*|impressum|imprint|agb|nutzungsbedingungen|conditions générales|"
                        r"mentions légales|"
                        r"politique de confidentialité|términos|aviso legal|privacidad|condiciones|villkor|"
                        r"integritetspolicy)\b"),
        (P.STATUS, 3.0, r"\b(?:status|incidents?|uptime)\b"),
        (P.NEWS, 2.5, r"\b(?:newsroom|press(?: releases)?|blog|news|neuigkeiten|aktuelles|presse|actualités|noticias|"
                      r"nyheter)\b"),
        (P.INTEGRATIONS, 2.0, r"\b(?:integrationen|intégrations|integraciones)\b"),
        (P.PRODUCT, 2.5, r"^(?:our )?(?:product|platform)(?: features| overview)?$|\bproduct features\b"),
        (P.PRICING, 3.0, r"\b(?:price list|rate card|(?:hire|rental|day|room|our) rates|fee schedule|(?:our )?fees)\b|"
                         r"\b(?:planos|preços|tarieven|prijs|cennik|hinnat|ceník|prețuri|fiyatlar)\b|料金|価格|プラン|"
                         r"价格|定价|價格|요금|가격"),
        (P.CAREERS, 3.0, r"\b(?:job board|current openings|find your (?:next )?(?:job|role)|search (?:for )?jobs)\b|"
                         r"^(?:positions|jobs|opportunities)$|"
                         r"\b(?:vagas|nous recrutons|on recrute|recrutamos|ledige job|avoimet työpaikat|"
                         r"volná místa|lavora con noi|posizioni aperte|trabalhe conosco|werken bij|oferty pracy|"
                         r"ledige stillinger)\b|採用|求人|募集|招聘|职位|채용"),
        (P.TEAM, 3.0, r"^(?:(?:our|the|senior|executive|corporate|meet (?:our|the)) )?"
                      r"(?:management|executives|directors|founders|staff)$|"
                      r"\b(?:(?:supervisory|advisory|executive) board|(?:steering )?committee members|"
                      r"meet the (?:founders|crew)|"
                      r"geschäftsleitung|"
                      r"ansprechpartner(?:innen)?|aufsichtsrat|quem (?:somos|dirige)|direção|"
                      r"consiglio di amministrazione|conseil d'administration|consejo de administración)\b|"
                      r"\b(?:il nostro team|ons team|nossa equip[ea]|vores team|zespół|ledningen?|ledelsen?|"
                      r"johto|tým|zarząd|management board|vorstand|dirección|"
                      r"equipo directivo)\b|役員|会社概要|経営陣|团队|团隊|경영진"),
        (P.CUSTOMERS, 3.0, r"^(?:our )?references$|\b(?:clienti|klanten|klienci|asiakkaat)\b|"
                           r"導入事例|お客様|客户|고객"),
        (P.PARTNERS, 3.0, r"\b(?:where to buy|(?:store|dealer) locator|find a (?:dealer|partner|reseller|store)|"
                          r"distributors|bezugsquellen|où acheter|dónde comprar)\b|"
                          r"\b(?:parceiros|partneři|partnerzy|sous-traitants|unterauftragsverarbeiter|subencargados)\b|"
                          r"パートナー|合作伙伴|파트너"),
        (P.EVENTS, 3.0, r"\b(?:live sessions|eventi|evenementen|wydarzenia|tapahtumat|agenda and speakers)\b|"
                        r"イベント|セミナー|活动|행사"),
        (P.POLICY, 4.0, r"\b(?:termos|política de privacidade|note legali|privacyverklaring|voorwaarden|regulamin|"
                        r"términos|legal notice)\b|利用規約|プライバシー|隐私|条款|이용약관|개인정보"),
        (P.NEWS, 2.5, r"\b(?:notizie|nieuws|notícias|aktualności|uutiset|nyheder|pressemitteilung(?:en)?|"
                      r"pressemeldung(?:en)?|comunicati(?: stampa)?|communiqués?|press room|media releases|"
                      r"investor news)\b|"
                      r"お知らせ|ニュース|新闻|뉴스"),
        (P.PRODUCT, 2.5, r"\b(?:features|funktionen|fonctionnalités|funcionalidades|recursos|funzionalità|functies)$|"
                         r"機能|功能|기능"),
    )
)  # fmt: skip
SCHEMA: Mapping[str, PageType] = {
    "NewsArticle": P.ARTICLE, "BlogPosting": P.ARTICLE, "Article": P.ARTICLE, "Event": P.EVENTS,
    "JobPosting": P.CAREERS,
    "Offer": P.PRICING, "Product": P.PRODUCT, "SoftwareApplication": P.PRODUCT, "AggregateOffer": P.PRICING,
    "Blog": P.NEWS, "CollectionPage": P.NEWS,
}  # fmt: skip
