"""The fourteen categories in the words of a reader: themes, labels, and what to do about each."""

from __future__ import annotations

from collections.abc import Mapping

from store.kinds import Category

#: Themes, each with its categories. Their order in the mail is that of their first item.
THEMES: Mapping[str, tuple[Category, ...]] = {
    "Prices and packages": (Category.PRICING,),
    "Products and positioning": (Category.LAUNCH, Category.POSITIONING),
    "Customers and partners": (Category.CUSTOMER, Category.PARTNERSHIP),
    "People and hiring": (Category.LEADERSHIP, Category.HIRING),
    "Money and ownership": (Category.FINANCE, Category.ACQUISITION),
    "Markets and events": (Category.EXPANSION, Category.EVENT),
    "Rules and press": (Category.REGULATORY, Category.MEDIA, Category.NONE),
}

LABELS: Mapping[Category, str] = {
    Category.LAUNCH: "Launch",
    Category.PRICING: "Pricing",
    Category.LEADERSHIP: "Leadership",
    Category.PARTNERSHIP: "Partnership",
    Category.EVENT: "Event",
    Category.REGULATORY: "Regulatory",
    Category.MEDIA: "Press",
    Category.HIRING: "Hiring",
    Category.FINANCE: "Finance",
    Category.ACQUISITION: "Acquisition",
    Category.EXPANSION: "Expansion",
    Category.CUSTOMER: "Customer",
    Category.POSITIONING: "Positioning",
    Category.NONE: "Other",
}

#: What to do where no flag with a play was raised; ``{who}`` stands for the accounts.
ACTIONS: Mapping[Category, str] = {
    Category.LAUNCH: "Compare this with our offer for {who}, and have the answer ready before the next call.",
    Category.PRICING: "Work out what switching would cost {who} before anybody offers a discount.",
    Category.LEADERSHIP: "Note the change in the account plan and watch for offers that follow from it.",
    Category.PARTNERSHIP: "Ask {who} about that partner, and what a tie-in would make easier.",
    Category.EVENT: "Ask {who} about attending, and offer a meeting in the same week.",
    Category.REGULATORY: "Compare with our own certificates and filings, and have the answer ready for {who}.",
    Category.MEDIA: "Have our own proof points ready for questions from {who}.",
    Category.HIRING: "Look at the roles and places, and check whether they concern the market of {who}.",
    Category.FINANCE: "Be ready for questions about their staying power, and about ours.",
    Category.ACQUISITION: "Ask {who} what the deal would change.",
    Category.EXPANSION: "Make sure that {who} can reach our people in that market.",
    Category.CUSTOMER: "Read what that customer bought, and look for the same need at {who}.",
    Category.POSITIONING: "Compare their new message with ours, and adapt the talking points for {who}.",
    Category.NONE: "Read it and decide whether it concerns {who}.",
}


def theme_of(category: Category) -> str:
    """Return the theme a category belongs to."""
    return next(title for title, categories in THEMES.items() if category in categories)
