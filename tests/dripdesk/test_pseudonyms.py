from __future__ import annotations

import re

from dripdesk.pseudonyms import pseudonym


def test_a_pseudonym_is_lasting_and_tells_nothing() -> None:
    one = pseudonym("secret", "+12125550100", "+12125550199")
    assert one == pseudonym("secret", "+12125550100", "+12125550199")
    assert re.fullmatch("[0-9a-f]{32}", one)


def test_other_people_and_other_secrets_give_others() -> None:
    identities = [("ab", "c"), ("a", "bc"), ("c", "ab"), ("abc",), ("ab", "c", "")]
    names = {pseudonym(secret, *one) for secret in ("s", "t") for one in identities}
    assert len(names) == 10
