"""``config/connections.yaml``: the systems that know our accounts, and which of their fields mean what."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from config.durations import Duration
from config.model import KEY_PATTERN, ConfigModel, Line

#: Fields of an account that a connection may be told to win over the files.
Winnable = Literal[
    "name",
    "domain",
    "tier",
    "owner",
    "industry",
    "segment",
    "regions",
    "uses",
    "rivals_present",
    "stakeholders",
    "renewal",
    "arr",
]
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*")
_LOCAL = re.compile(r"http://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?")
_HTTPS = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?")


def _field_name(value: str) -> str:
    # The name goes into queries; anything but a plain name could change what they ask.
    if not _FIELD.fullmatch(value):
        raise ValueError(
            "not the name of a field; write it as the system calls it, such as Main_Competitor__c"
        )
    return value


def _address(value: str) -> str:
    plain = value.rstrip("/")
    if not (_HTTPS.fullmatch(plain) or _LOCAL.fullmatch(plain)):
        raise ValueError("not an address; write https:// and the host, such as https://us.my.salesforce.com")
    return plain


#: Name of a field in the other system; dots lead to the fields of a related record.
FieldName = Annotated[str, AfterValidator(_field_name)]
Address = Annotated[str, AfterValidator(_address)]


class CompanyFields(ConfigModel):
    """Which field of a company says what of an account; what is left out is not read."""

    key: FieldName | None = Field(
        default=None, description="Field that holds the account's key here; best, as it never changes."
    )
    name: FieldName = Field(default="Name", description="The name.")
    domain: FieldName | None = Field(default=None, description="The web domain or address.")
    tier: FieldName | None = Field(default=None, description="The tier: strategic, growth or maintenance.")
    owner: FieldName | None = Field(default=None, description="E-mail address of the account manager.")
    industry: FieldName | None = Field(default=None, description="The industry.")
    segment: FieldName | None = Field(default=None, description="The segment.")
    region: FieldName | None = Field(default=None, description="The country, as a code or an English name.")
    uses: FieldName | None = Field(
        default=None, description="What it uses of ours; several separated by `;`."
    )
    incumbent: FieldName | None = Field(
        default=None, description="The competitor that is in use there; several separated by `;`."
    )
    renewal: FieldName | None = Field(default=None, description="Day on which the contract renews.")
    arr: FieldName | None = Field(default=None, description="Annual recurring revenue.")


class SalesforceCompanyFields(CompanyFields):
    """Fields of Account in Salesforce."""

    domain: FieldName | None = Field(default="Website", description="The web domain or address.")
    owner: FieldName | None = Field(
        default="Owner.Email", description="E-mail address of the account manager."
    )
    industry: FieldName | None = Field(default="Industry", description="The industry.")
    region: FieldName | None = Field(
        default="BillingCountry", description="The country, as a code or an English name."
    )


class HubSpotCompanyFields(CompanyFields):
    """Properties of companies in HubSpot."""

    name: FieldName = Field(default="name", description="The name.")
    domain: FieldName | None = Field(default="domain", description="The web domain or address.")
    industry: FieldName | None = Field(default="industry", description="The industry.")
    region: FieldName | None = Field(
        default="country", description="The country, as a code or an English name."
    )


class ContactFields(ConfigModel):
    """Which field of a contact says what."""

    role: FieldName | None = Field(default=None, description="What the person does there.")
    last_activity: FieldName | None = Field(
        default=None, description="Day of the last contact with the person."
    )


class SalesforceContactFields(ContactFields):
    """Fields of Contact in Salesforce; the name is always `Name`."""

    role: FieldName | None = Field(default="Title", description="What the person does there.")
    last_activity: FieldName | None = Field(
        default="LastActivityDate", description="Day of the last contact with the person."
    )


class HubSpotContactFields(ContactFields):
    """Properties of contacts in HubSpot; the name is always `firstname` and `lastname`."""

    role: FieldName | None = Field(default="jobtitle", description="What the person does there.")
    last_activity: FieldName | None = Field(
        default="notes_last_contacted", description="Day of the last contact with the person."
    )


class DealFields(ConfigModel):
    """Which field of an opportunity or deal says what."""

    competitor: FieldName | None = Field(
        default=None,
        description="The competitor met in it; several separated by `;`. Without it none is read.",
    )
    type: FieldName | None = Field(default=None, description="What kind of deal it is.")
    renewal_types: tuple[Line, ...] = Field(
        default=("Renewal",),
        description="Kinds of deal whose close date is a renewal, if no field of the company says it.",
    )


class SalesforceDealFields(DealFields):
    """Fields of Opportunity in Salesforce."""

    type: FieldName | None = Field(default="Type", description="What kind of deal it is.")


class HubSpotDealFields(DealFields):
    """Properties of deals in HubSpot."""

    type: FieldName | None = Field(default="dealtype", description="What kind of deal it is.")
    renewal_types: tuple[Line, ...] = Field(
        default=("renewal",),
        description="Kinds of deal whose close date is a renewal, if no field of the company says it.",
    )


class WriteBack(ConfigModel):
    """Fields of the company that we fill after health was computed; those not named are left alone."""

    exposed: FieldName | None = Field(
        default=None,
        description="Yes or no: competitors threaten the account (its index reaches `exposed_from`).",
    )
    index: FieldName | None = Field(default=None, description="The Competitor Activity Index, 0 to 100.")
    score: FieldName | None = Field(default=None, description="The health score, 0 to 100.")
    band: FieldName | None = Field(default=None, description="`green`, `yellow`, `red` or `grey` (unknown).")
    exposed_from: float = Field(
        default=40, ge=0, le=100, description="Competitor Activity Index from which an account is exposed."
    )

    @property
    def is_wanted(self) -> bool:
        """True if any field is to be filled."""
        return any((self.exposed, self.index, self.score, self.band))


class ConnectionConfig(ConfigModel):
    """What all connections share. Their secrets stand in environment variables, never here."""

    needs: ClassVar[tuple[tuple[str, ...], ...]] = (("TOKEN",),)

    key: str = Field(
        pattern=KEY_PATTERN,
        max_length=100,
        description="Short name of your choice; the environment variables with its secrets carry it in capitals.",
        examples=["salesforce"],
    )
    every: Duration = Field(default=timedelta(hours=6), description="How often it is read.")
    full_every: Duration = Field(
        default=timedelta(days=7),
        description="How often everything is read anew, which finds what was deleted; between, only what changed.",
    )
    timeout: Duration = Field(default=timedelta(seconds=30), description="Longest wait for one answer.")

    def variable(self, part: str) -> str:
        """Return the environment variable that holds one of the connection's secrets."""
        return f"RIVALWATCH_{re.sub('[^A-Z0-9]', '_', self.key.upper())}_{part}"


class CrmConfig(ConnectionConfig):
    """A system that says who the accounts are."""

    wins: tuple[Winnable, ...] = Field(
        default=("owner", "renewal", "arr", "stakeholders", "rivals_present"),
        description="Fields of an account in which this system goes before accounts.yaml and imported CSV. In all "
        "others the files go first, and the system fills what they leave empty.",
    )
    create: bool = Field(
        default=True,
        description="Whether companies that no account fits become accounts; else they are left out.",
    )
    competitors: dict[Line, str] = Field(
        default_factory=dict,
        description="What the competitor field says, and which file in `competitors/` it means, where names differ.",
        examples=[{"North Beam Inc.": "northbeam"}],
    )
    write_back: WriteBack = Field(default=WriteBack(), description="What is written into the system.")


class SalesforceConfig(CrmConfig):
    """Salesforce. Secrets: `…_CLIENT_ID` and `…_CLIENT_SECRET` of a connected app, or `…_TOKEN`."""

    needs: ClassVar[tuple[tuple[str, ...], ...]] = (("CLIENT_ID", "CLIENT_SECRET"), ("TOKEN",))

    type: Literal["salesforce"] = Field(description="Which system it is.")
    url: Address = Field(
        description="Address of your organisation.", examples=["https://us.my.salesforce.com"]
    )
    version: str = Field(default="62.0", pattern=r"^\d{2}\.0$", description="Version of the API.")
    where: Line | None = Field(
        default=None,
        description="Which accounts are read, as a condition in SOQL.",
        examples=["Type = 'Customer'"],
    )
    companies: SalesforceCompanyFields = Field(
        default=SalesforceCompanyFields(), description="Fields of Account."
    )
    contacts: SalesforceContactFields = Field(
        default=SalesforceContactFields(), description="Fields of Contact."
    )
    deals: SalesforceDealFields = Field(default=SalesforceDealFields(), description="Fields of Opportunity.")


class HubSpotConfig(CrmConfig):
    """HubSpot. Secret: `…_TOKEN`, the access token of a private app."""

    type: Literal["hubspot"] = Field(description="Which system it is.")
    url: Address = Field(default="https://api.hubapi.com", description="Address of the API.")
    where: dict[FieldName, Line] = Field(
        default={"lifecyclestage": "customer"},
        description="Which companies are read: properties and the values they must have.",
    )
    companies: HubSpotCompanyFields = Field(
        default=HubSpotCompanyFields(), description="Properties of companies."
    )
    contacts: HubSpotContactFields = Field(
        default=HubSpotContactFields(), description="Properties of contacts."
    )
    deals: HubSpotDealFields = Field(default=HubSpotDealFields(), description="Properties of deals.")


class FigureConfig(ConnectionConfig):
    """A system that gives figures of accounts. Its customers are matched by key, web domain, or name."""

    history: Duration = Field(
        default=timedelta(days=365), description="How far back it is read the first time and at a full read."
    )


class ZendeskConfig(FigureConfig):
    """Zendesk tickets. Secrets: `…_TOKEN` (an OAuth token), or `…_EMAIL` and `…_API_TOKEN`."""

    needs: ClassVar[tuple[tuple[str, ...], ...]] = (("TOKEN",), ("EMAIL", "API_TOKEN"))

    type: Literal["zendesk"] = Field(description="Which system it is.")
    url: Address = Field(description="Address of your help desk.", examples=["https://us.zendesk.com"])
    key_field: FieldName = Field(
        default="external_id", description="Field of an organization that may hold the account's key."
    )


class IntercomConfig(FigureConfig):
    """Intercom conversations. Secret: `…_TOKEN`."""

    type: Literal["intercom"] = Field(description="Which system it is.")
    url: Address = Field(default="https://api.intercom.io", description="Address of the API.")


class StripeConfig(FigureConfig):
    """Stripe invoices. Secret: `…_TOKEN`, a restricted key that may read customers and invoices."""

    type: Literal["stripe"] = Field(description="Which system it is.")
    url: Address = Field(default="https://api.stripe.com", description="Address of the API.")
    key_field: FieldName = Field(
        default="account", description="Metadata of a customer that may hold the account's key."
    )
    currency: str = Field(
        default="USD",
        pattern=r"^[A-Z]{3}$",
        description="Invoices in other currencies are left out, and listed by `rivalwatch accounts check`.",
    )


Connection = SalesforceConfig | HubSpotConfig | ZendeskConfig | IntercomConfig | StripeConfig
CONNECTION_TYPES: dict[str, type[Connection]] = {
    "salesforce": SalesforceConfig,
    "hubspot": HubSpotConfig,
    "zendesk": ZendeskConfig,
    "intercom": IntercomConfig,
    "stripe": StripeConfig,
}
