"""What the browser does not load: kinds of files nobody reads, and the hosts of trackers. Data and one question."""

from __future__ import annotations

from urllib.parse import urlsplit

#: Playwright's names of what a page asks for. Styles stay: what is loaded by scrolling depends on the layout.
BLOCKED_KINDS = frozenset(
    {"image", "font", "media", "texttrack", "ping", "cspviolationreport", "prefetch", "manifest"}
)

#: Hosts (and all below them) that measure, advertise, record, chat or test variants. None of them brings content;
#: those of consent managers are not here, because some sites wait for their answer.
_HOSTS = """
google-analytics.com googletagmanager.com googletagservices.com googleadservices.com googlesyndication.com
doubleclick.net analytics.google.com adservice.google.com connect.facebook.net pixel.facebook.com
bat.bing.com clarity.ms ads.linkedin.com snap.licdn.com px.ads.linkedin.com static.ads-twitter.com
analytics.twitter.com ads-api.twitter.com analytics.tiktok.com tr.snapchat.com sc-static.net ct.pinterest.com
hotjar.com hotjar.io fullstory.com mouseflow.com luckyorange.com crazyegg.com inspectlet.com smartlook.com
logrocket.com logrocket.io lr-ingest.io quantummetric.com contentsquare.net clicktale.net heap.io
heapanalytics.com segment.com segment.io mixpanel.com mxpnl.com amplitude.com pendo.io kissmetrics.io
woopra.com plausible.io usefathom.com matomo.cloud chartbeat.com chartbeat.net parsely.com scorecardresearch.com
quantserve.com comscore.com nielsen.com newrelic.com nr-data.net bugsnag.com browser.sentry-cdn.com
ingest.sentry.io rollbar.com datadoghq-browser-agent.com browser-intake-datadoghq.com
hs-analytics.net hs-banner.com hsadspixel.net hscollectedforms.net marketo.net mktoresp.com pardot.com
eloqua.com en25.com munchkin.marketo.net 6sc.co 6sense.com demandbase.com bizible.com clearbit.com
leadfeeder.com lfeeder.com albacross.com leadforensics.com zoominfo.com ws.zoominfo.com dealfront.com
intercom.io intercomcdn.com drift.com driftt.com livechatinc.com tawk.to olark.com zdassets.com zopim.com
crisp.chat tidio.co qualified.com freshchat.com optimizely.com vwo.com visualwebsiteoptimizer.com abtasty.com
kameleoon.com kameleoon.eu convertexperiments.com adroll.com criteo.com criteo.net outbrain.com taboola.com
adnxs.com rubiconproject.com pubmatic.com openx.net casalemedia.com amazon-adsystem.com rlcdn.com demdex.net
omtrdc.net everesttech.net adsrvr.org bidswitch.net krxd.net bluekai.com mathtag.com trustpilot.com
statcounter.com mc.yandex.ru hm.baidu.com cloudflareinsights.com go-mpulse.net speedcurve.com
"""
TRACKERS = frozenset(_HOSTS.split())


def is_tracker(url: str) -> bool:
    """Return True if the address belongs to a tracker's host or one below it."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return False
    labels = host.split(".")
    return any(".".join(labels[start:]) in TRACKERS for start in range(len(labels) - 1))
