"""After a safety text: what says that help has come or that it is over, and what does not."""

from __future__ import annotations

import pytest

from dripdesk.aftermath import is_over, refuses, returns, says_help_comes


@pytest.mark.parametrize(
    "text",
    [
        "poison control said its fine",
        "the ambulance is here now",
        "the nurse came in and she is fine. can she have lunch?",
        "we are at the ER",
        "the hospital sent him home",
        "poison help says it's ok",
        "it went away",
        "that was a joke",
        "jk lol",
        "no need for 911, i only meant the parking fee",
        "im ok now",
        "no im not gonna hurt myself, i just mean its a lot. whats the first infusion like",
        "nobody is suicidal. ask for Pat",
        "i'm not suicidal, just broke lol",
        "the paramedics just walked in",
        "yeah already going to the er",
        "nah im not gonna do anything",
        "ok calling",
        "fine calling 911",
        "I called 911. the ambulance people are with her now",
        "ok 911 is coming",
        "my son called poison control",
        "fever gone now. can he go to work tomorrow",
        "the swelling is going down now",
        "called, nurse said go to ER, we r going",
        "called nurse she said tylenol and rest",
        "hes safe his sister is with him we talked to 988",
        "they switched it she didnt get any",
        "no i wont do anything im just exhausted",
    ],
)
def test_it_is_over(text: str) -> None:
    assert is_over(text)


@pytest.mark.parametrize(
    "text",
    [
        "what should i do",
        "they're all gone i took the whole bottle",
        "i'm fine with it all ending",
        "im ok just tell my kids i love them",
        "it's gone numb",
        "it's over 104 now",
        "he's gone",
        "they are coming to kill me",
        "i called 911 they put me on hold",
        "i need help here",
        "no nurse is here",
        "the fever is not gone",
        "it went down but now it is back",
        "the nurse said she will call me back",
        "nurse said hold on",
        "the nurse said to call 911",
        "the nurse line said leave a message",
        "she didnt get any air",
        "my sight, it's gone",
        "his pressure, its going down",
        "it went down and he is choking",
        "swelling went down and she can't breathe",
        "i won't do it again if you answer",
        "not a false alarm",
        "i can\u2019t breathe, i was not joking",
        "my life was a joke",
        "no shes 84 she just slept on it, no need for ambulance",
        "ok i threw some up. im just sleepy, its fine right",
        "i am calling it a life",
        "calling my boss now",
        "my claim was DENIED",
        "I'm not going to do it",
        "no way i'm going to the er",
        "scared of going to the hospital",
        "I am going to the hospital tomorrow for a scan",
        "I called the nurse and she didn't answer",
        "I called 911 and got disconnected",
        "they're coming for me",
        "i called 911 yesterday for this",
        "no help is coming",
        "please help me I don't want to die",
        "I'm not suicidal yet",
        "i'm not gonna hurt myself but he will",
        "i am not suicidal i just took the pills",
        "should i go to the er",
        "i called and nobody answers",
        "i called my sister and she says wait",
        "im fine but my lips are fat",
        "i think it's ok",
        "is she fine?",
        "she is not ok",
        "it passed and now it is back again",
        "i hope it's over soon",
        "they can't come",
        "everyone is better off, it's fine if i die",
        "are they coming",
    ],
)
def test_it_is_not_over(text: str) -> None:
    assert not is_over(text)


@pytest.mark.parametrize(
    "text", ["no ambulance, i cant afford it", "i will not call 911", "i don't want an ambulance"]
)
def test_help_is_refused(text: str) -> None:
    assert refuses(text)
    assert not is_over(text)


@pytest.mark.parametrize("text", ["ok not kidding its getting worse", "it came back"])
def test_it_is_back(text: str) -> None:
    assert returns(text)
    assert not is_over(text)


def test_what_neither_refuses_nor_returns() -> None:
    assert not refuses("do you have parking")
    assert not returns("when can i come back in")
    assert not returns("does the infusion make it worse")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ok 911 is coming", True),
        ("The ambulance\u2019s on its way now.", True),
        ("thanks, help is here", True),
        ("911 is coming, he stopped breathing", False),
        ("is an ambulance coming", False),
        ("no ambulance is coming", False),
    ],
)
def test_that_help_comes_is_no_danger_by_itself(text: str, says: bool) -> None:
    assert says_help_comes(text) is says
