"""Rules between records: one function a rule, one row a rule in the table below."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chamberbook.cache import Cache
from chamberbook.check import (
    charters,
    dates,
    industries,
    lookalikes,
    names,
    owners,
    privacy,
    ratings,
    regions,
    schemes,
    sources,
    tombstones,
    uscc,
    vocabulary,
)
from chamberbook.check.context import Context, Rule
from chamberbook.check.shares import by_shares
from chamberbook.load import Loaded
from chamberbook.problems import Problem, in_order

__all__ = ["RULES", "run"]

#: Every rule. An id keeps its meaning for ever: a rule that goes leaves its number behind.
RULES: tuple[Rule, ...] = (
    Rule("NAME-001", "error", names.same_region, alone=False),
    Rule("NAME-004", "warning", names.same_name, alone=False),
    Rule("NAME-005", "warning", names.nearly_same, alone=False),
    Rule("NAME-006", "error", lookalikes.names),
    Rule("SLUG-001", "error", names.former_slug_taken, alone=False),
    Rule("SLUG-002", "error", names.former_slug_reserved),
    Rule("SLUG-003", "error", names.device, alone=False),
    Rule("STATUS-001", "error", names.unknown_successor, alone=False),
    Rule("STATUS-002", "warning", names.merged_without_successor),
    Rule("STATUS-003", "warning", names.successor_of_living),
    Rule("REMOVED-001", "error", tombstones.still_there, alone=False),
    Rule("REMOVED-002", "error", tombstones.unknown_successor, alone=False),
    Rule("REMOVED-003", "error", tombstones.unexplained),
    Rule("REMOVED-004", "warning", tombstones.leads_to_personal),
    Rule("USCC-002", "error", uscc.wrong_letter),
    Rule("USCC-003", "error", uscc.wrong_check),
    Rule("USCC-004", "warning", uscc.wrong_inner_check),
    Rule("USCC-005", "error", uscc.company),
    Rule("USCC-006", "warning", uscc.unusual),
    Rule("USCC-007", "error", uscc.duplicate, alone=False),
    Rule("REGION-001", "error", regions.unknown),
    Rule("REGION-002", "error", regions.retired),
    Rule("REGION-003", "warning", regions.outside_federation),
    Rule("INDUSTRY-001", "error", industries.unknown),
    Rule("INDUSTRY-002", "warning", industries.missing),
    Rule("INDUSTRY-003", "warning", industries.old_edition, alone=False),
    Rule("KIND-001", "hint", industries.origin_missing),
    Rule("KIND-002", "warning", industries.origin_unexpected),
    Rule("PII-001", "error", privacy.mobile, alone=False),
    Rule("PII-002", "error", privacy.identity, alone=False),
    Rule("PII-003", "warning", privacy.personal_mail),
    Rule("PII-004", "error", privacy.public_source),
    Rule("PII-005", "warning", privacy.needless_permission),
    Rule("CONTACT-001", "error", privacy.phone_shape),
    Rule("CONTACT-002", "hint", privacy.phone_form),
    Rule("RATE-001", "error", ratings.unknown_scheme),
    Rule("RATE-002", "error", ratings.unknown_level),
    Rule("RATE-003", "error", ratings.score_outside_band),
    Rule("RATE-004", "error", ratings.prerequisite_not_met),
    Rule("RATE-005", "warning", ratings.prerequisite_not_shown),
    Rule("RATE-006", "error", ratings.in_future),
    Rule("RATE-007", "error", ratings.outside_scheme),
    Rule("RATE-008", "error", ratings.before_founding),
    Rule("RATE-009", "error", ratings.wrong_issuer),
    Rule("RATE-010", "error", ratings.two_levels),
    Rule("RATE-011", "warning", ratings.order_unknown),
    Rule("RATE-012", "error", ratings.kind_not_covered),
    Rule("RATE-013", "error", ratings.too_long),
    Rule("SCHEME-001", "error", schemes.duplicate_level),
    Rule("SCHEME-002", "error", schemes.stars_given),
    Rule("SCHEME-003", "error", schemes.unknown_result_level),
    Rule("SCHEME-004", "error", schemes.unknown_federation),
    Rule("SCHEME-005", "error", schemes.requirement),
    Rule("SCHEME-006", "error", schemes.score_bands),
    Rule("SCHEME-007", "error", schemes.term),
    Rule("CHARTER-001", "error", charters.unknown_type),
    Rule("CHARTER-002", "error", charters.unknown_topic),
    Rule("CHARTER-003", "error", charters.duplicate_id),
    Rule("CHARTER-004", "error", charters.unknown_supersedes),
    Rule("CHARTER-005", "error", charters.missing_text),
    Rule("CHARTER-006", "hint", charters.competition_wording),
    Rule("CHARTER-007", "warning", charters.articles_counted),
    Rule("ACTIVITY-001", "error", charters.unknown_activity),
    Rule("SOURCE-001", "error", sources.unknown),
    Rule("SOURCE-002", "warning", sources.unused),
    Rule("SOURCE-003", "error", sources.uncited_fact),
    Rule("SOURCE-004", "error", sources.unknown_fact),
    Rule("SOURCE-005", "warning", sources.empty_fact),
    Rule("OWNER-001", "error", owners.not_an_account),
    Rule("DATE-001", "error", dates.future),
    Rule("DATE-002", "error", dates.out_of_order),
    Rule("VOCABULARY-001", "error", vocabulary.duplicate, alone=False),
    Rule("VOCABULARY-002", "error", vocabulary.unknown_parent, alone=False),
    Rule("VOCABULARY-003", "error", vocabulary.unknown_heir, alone=False),
    Rule("VOCABULARY-004", "error", vocabulary.missing_section, alone=False),
    Rule("VOCABULARY-005", "error", vocabulary.missing_kind, alone=False),
)


def run(loaded: Loaded, as_of: date, jobs: int = 1, cache: Cache | None = None) -> tuple[Problem, ...]:
    """Everything that the rules find, with so many processes. `loaded.problems` is not repeated.

    What judges a record alone is done share by share, and not again for a share of which nothing has changed.
    """
    context = Context.of(loaded, as_of)
    alone = tuple(rule for rule in RULES if rule.alone)
    found = _all_found(tuple(rule for rule in RULES if not rule.alone), context)
    found += _all_found(alone, context.rest())
    for problems in by_shares(context, jobs, cache or Cache(None), lambda share: _all_found(alone, share)):
        found += problems
    return tuple(in_order(found))


def _all_found(rules: tuple[Rule, ...], context: Context) -> list[Problem]:
    return [problem for rule in rules for problem in _found(rule, context)]


def _found(rule: Rule, context: Context) -> Iterator[Problem]:
    for finding in rule.find(context):
        yield Problem(finding.place, rule.id, finding.message, finding.hint, rule.severity, finding.fix)
