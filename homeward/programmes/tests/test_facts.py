from homeward.programmes.facts import VOCABULARY

NEVER = ("consent", "share", "sharing", "agree", "disclos", "refus", "biometric", "embassy", "authorit")


def test_no_rule_can_ask_whether_data_may_be_shared():
    for fact in VOCABULARY:
        said = f"{fact.name} {fact.label} {' '.join(fact.codes)}".lower()
        assert not any(word in said for word in NEVER), fact.name


def test_each_fact_has_one_name():
    assert len({fact.name for fact in VOCABULARY}) == len(VOCABULARY)
