"""Decision tables asked by the arithmetic of job plans, outside any case: `decide` for a release or a set of files."""

from collections.abc import Mapping

from workflows.domain.calculations import Decide
from workflows.domain.fields import Json
from workflows.domain.policy import Policy
from workflows.engine.decisions import Table, read_tables
from workflows.engine.releases import Loaded


def of_release(release: Loaded) -> Decide:
    """`decide` by the tables and the policy of a release."""
    return deciding(release.diagrams.tables, release.policy)


def of_files(files: Mapping[str, str], policy: Policy) -> Decide:
    """`decide` by tables that are in no release: the shipped ones, or a draft. Raises TableUnsound."""
    texts = (text for path, text in sorted(files.items()) if path.endswith(".dmn"))
    return deciding({table.key: table for text in texts for table in read_tables(text)}, policy)


def deciding(tables: Mapping[str, Table], policy: Policy) -> Decide:
    """`decide` by these tables. A release from before there was such a table answers nothing: {}."""

    def decide(key: str, inputs: Mapping[str, Json]) -> Mapping[str, Json]:
        if key not in tables:
            return {}
        table = tables[key]
        return table.decide([each.expression.evaluate({}, policy.values, inputs) for each in table.inputs])

    return decide
