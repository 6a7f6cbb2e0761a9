"""The screen tells danger now from talk about danger, by words alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from dripdesk import live
from dripdesk.lined_yaml import FileError, load
from dripdesk.safety import Screen
from dripdesk.settings import PROJECT

SIGNS = PROJECT / "data" / "general" / "danger_signs.yml"
DANGERS = [
    ("My throat is closing.", "emergency", "allergic"),
    ("throte swelling", "emergency", "allergic"),
    ("feeling a bit faint and my tongue feels fat", "emergency", "allergic"),
    ("cant breth", "emergency", "breathing"),
    ("I CAN'T BREATHE", "emergency", "breathing"),
    ("my mom is not breathing", "emergency", "breathing"),
    ("no puedo respirar", "emergency", "breathing"),
    ("no fever but i cant get air in", "emergency", "breathing"),
    ("What are your hours? Also I have chest pain.", "emergency", "heart"),
    ("crushing pressure on my chest since lunch", "emergency", "heart"),
    ("she is having a seizure", "emergency", "brain"),
    ("his face is drooping on one side", "emergency", "brain"),
    ("dad passed out in the car", "emergency", "collapse"),
    ("the bleeding wont stop", "emergency", "bleeding"),
    ("the central line came out of his chest", "emergency", "line"),
    ("my foot is cold and blue", "emergency", "limb"),
    ("I can't feel my hand", "emergency", "limb"),
    ("he has a gun to his head", "emergency", "active_harm"),
    ("911", "emergency", "help"),
    ("9-1-1!!", "emergency", "help"),
    ("988", "crisis", "help"),
    ("i need 911 now", "emergency", "help"),
    ("somebody send an ambulance", "emergency", "help"),
    ("kitchens on fire and the ext thing is empty", "emergency", "fire"),
    ("moms robe caught fire at the stove", "emergency", "fire"),
    ("i smell gas and im getting dizzy", "emergency", "fire"),
    ("dad is pinned under the tractor", "emergency", "accident"),
    ("he was electrocuted fixing the lamp", "emergency", "accident"),
    ("kms", "crisis", "self_harm"),
    ("im gonna unalive myself", "crisis", "self_harm"),
    ("can't you see that I cannot swallow", "emergency", "allergic"),
    ("I want to die", "crisis", "self_harm"),
    ("ya no quiero vivir", "crisis", "self_harm"),
    ("my brother talks about killing himself", "crisis", "self_harm"),
    ("my sister has fresh cuts on her wrists", "crisis", "self_harm"),
    ("some nights i think of driving into that wall by the exit", "crisis", "self_harm"),
    ("quiero aventarme del puente", "crisis", "self_harm"),
    ("exactly how much of the drip would kill me", "crisis", "self_harm"),
    ("honestly no one would miss me", "crisis", "self_harm"),
    ("took a double dose by mistake", "poison", "overdose"),
    ("my toddler swallowed my pills", "poison", "child"),
    ("shaking chills since i got home", "urgent_today", "fever"),
    ("the iv site is red and swollen", "urgent_today", "site"),
    ("i think im pregnant and im on humira", "urgent_today", "pregnancy"),
]
HARMLESS = [
    "9110",
    "9-11",
    "9/11",
    "$911",
    "9.88",
    "will insurance pay if they call an ambulance",
    "is 911 in your phone list",
    "is chest pain a side effect?",
    "I had anaphylaxis in 2009",
    "no chest pain",
    "no chest pain, no trouble breathing, nothing",
    "my chest does not hurt",
    "the price nearly gave me a heart attack lol",
    "the TV died",
    "what if I faint during it",
    "what do you do if someone has a seizure",
    "how many kms is it from the airport",
    "is the suicide prevention walk using your parking lot",
    "tuve un infarto hace diez años",
    "it would be career suicide to miss this meeting",
    "cold hands always, can I get a blanket",
    "I cut my arm on a can last week, is the IV still ok",
    "do I drive past the wall or the bridge to reach you",
    "hope the wait does not kill me",
    "couldn't we do this with tablets that I swallow?",
    "the skin under the tape is on fire, so itchy",
    "you folks are on fire today",
    "the nurse stabbed me four times before she found a vein",
    "our house was on fire two years ago, so the old records are lost",
    "hello",
    "",
    "\ud83d\ude00 ?!",
]


@pytest.mark.parametrize(("text", "level", "group"), DANGERS)
def test_danger_is_found(text: str, level: str, group: str) -> None:
    found = live.screen().find(text)
    assert found
    assert (found.level, found.group) == (level, group)
    assert found.sure
    assert found.sign


@pytest.mark.parametrize("text", HARMLESS)
def test_talk_about_danger_is_none(text: str) -> None:
    assert live.screen().find(text) is None


def test_the_more_urgent_of_two_dangers_counts() -> None:
    found = live.screen().find("I want to die. I have a gun to my head.")
    assert found
    assert found.level == "emergency"


def test_a_denial_reaches_only_its_own_part() -> None:
    assert live.screen().find("not asking about my visit, i have chest pain")
    assert live.screen().find("no rash. throat is closing")


def test_danger_in_the_middle_of_a_long_message_is_found() -> None:
    story = "We drove home and had soup and watched the game with the neighbors. " * 14
    assert live.screen().find(f"{story}My throat is closing. {story}")


def test_words_of_patients_are_not_kept() -> None:
    vocab = live.screen()._vocab
    live.screen().find("hello")
    count = len(vocab.strings)
    live.screen().find("zyxwv qponm tuvwx throat closing")
    assert len(vocab.strings) == count


def test_every_sign_can_be_seen() -> None:
    content = load(SIGNS)
    for groups in content["rules"].values():
        for rule in groups.values():
            for sign in rule["signs"]:
                parts = sign.replace(" + ", " > ").split(" > ")
                typed = " ".join(str(content["words"].get(part, [part])[0]) for part in parts)
                assert live.screen().find(typed.replace("*", "")), f"{sign}: {typed}"


def test_every_word_list_is_used() -> None:
    content = load(SIGNS)
    signs = [s for groups in content["rules"].values() for r in groups.values() for s in r["signs"]]
    used = {part for sign in signs for part in sign.replace(" + ", " > ").split(" > ")}
    assert set(content["words"]) <= used


def test_every_rule_names_known_sources() -> None:
    sources = load(PROJECT / "data" / "general" / "sources.yml")
    for groups in load(SIGNS)["rules"].values():
        for rule in groups.values():
            assert rule["sources"]
            assert set(rule["sources"]) <= set(sources)


def test_an_unknown_level_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "signs.yml"
    path.write_text("words: {}\ntalk: {}\nrules:\n  urgent: {a: {sources: [S94], signs: [x]}}\n")
    with pytest.raises(FileError, match="a level is one of emergency"):
        Screen(path, {}, ())
