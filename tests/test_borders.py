"""The borders of data/topics/README.md: what is asked decides, not the words that are used."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from dripdesk.settings import PROJECT

# Pairs that share their words and differ in what they ask. Not trained.
QUESTIONS = [
    ("What is the charge for a visit at your center?", "faq_price"),
    ("Is the charge at your center lower than a hospital's?", "faq_cost_vs_hospital"),
    ("Explain to me how a copay works for infusions", "faq_copay_deductible"),
    ("I got a bill from you and there is a charge on it I do not know", "faq_billing"),
    ("My deductible left is 400, my coinsurance 20 %, estimate what I pay", "estimate_cost"),
    ("I do not have the money for this treatment, is there any help", "faq_financial_help"),
    ("Can I pay the charge with a credit card?", "faq_payment_methods"),
    ("Is my Aetna plan in network with you?", "faq_insurance"),
    ("Is my Medicare Part B plan good with you?", "faq_medicare_medicaid"),
    ("Does my plan have to approve the infusion first?", "faq_prior_authorization"),
    ("Please give me the clinic's phone number", "faq_phone"),
    ("I want to talk to a real human on the phone", "faq_talk_to_person"),
    ("Please have somebody phone me back this afternoon", "request_callback"),
    ("I would like to make an appointment for an infusion", "faq_book_appointment"),
    ("How soon could a new patient get the first appointment?", "faq_first_appointment_wait"),
    ("What are the steps to begin treatment as a new patient?", "faq_getting_started"),
    ("Do I need an order from my doctor?", "faq_referral"),
    ("I have a cold and a fever before my infusion tomorrow, do I still come?", "faq_sick_day"),
    ("I have had a fever and a rash since my infusion yesterday", "urgent_today"),
    ("Is a fever a known side effect of infusions?", "faq_side_effects"),
    ("I missed my infusion last week, what happens now?", "faq_missed_dose"),
    ("Should I skip my next infusion and double the one after?", "clinical_advice"),
    ("Do I take my usual morning pills before the visit?", "faq_medication_before"),
    ("Should I stop my methotrexate before the infusion?", "clinical_advice"),
    ("Do you give Entyvio at your clinic?", "faq_specific_drug"),
    ("Is Entyvio safe for me with my liver?", "clinical_advice"),
    ("Do you treat children as patients?", "faq_pediatric"),
    ("Can my children sit with me while I get my drip?", "faq_children"),
    ("Are there snacks for patients at the clinic?", "faq_snacks"),
    ("May I have breakfast before I come in?", "faq_eat_drink_before"),
    ("How many hours does the drip run?", "faq_infusion_duration"),
    ("How long do I have to wait there after the drip is done?", "faq_after_infusion"),
    ("How long does a Remicade infusion run?", "faq_specific_drug"),
    ("Which kinds of injections are there?", "faq_injection_types"),
    ("What does an intramuscular injection mean?", "faq_intramuscular"),
    ("What comforts do you have for patients?", "faq_amenities"),
    ("Is there a television to watch?", "faq_tv"),
    ("Could I use my tablet on the internet in the chair?", "faq_wifi"),
    ("Which treatments do you offer, chemo for example?", "faq_therapies_offered"),
    ("What sort of things can go into a drip bag?", "faq_what_is_infused"),
    ("Do you treat people with rheumatoid arthritis?", "faq_conditions_treated"),
    ("Will I catch fewer germs at your center than at a hospital?", "faq_infection_risk"),
    ("What makes your center different from a hospital ward?", "faq_outpatient_vs_hospital"),
    ("What are the benefits of outpatient infusion?", "faq_advantages"),
    ("Does a needle stay in my arm?", "faq_needle_left_in_arm"),
    ("How does the nurse put the IV in?", "faq_how_iv_is_placed"),
    ("Why do I get a drip and not a shot?", "faq_why_infusion_chosen"),
    ("What is the difference between a drip and a shot?", "faq_infusion_vs_injection"),
    ("Am I chatting with a machine?", "faq_bot_identity"),
    ("I was supposed to be there on Monday and I was not, what do I do now?", "faq_missed_dose"),
    ("Monday does not suit me, can you give me Wednesday instead?", "faq_cancel_reschedule"),
    ("There is a crash on the highway, I will be twenty minutes behind", "faq_late_arrival"),
    ("My nose runs and my drip is tomorrow, may I still come?", "faq_sick_day"),
    ("We fly to Spain for a month between two infusions, how is that done?", "faq_travel"),
    ("Can I split what I owe over a few months on my Visa?", "faq_payment_methods"),
    ("There is no way I can afford this, who could help me?", "faq_financial_help"),
    ("May I take the wheel myself after the drip?", "faq_drive_home"),
    ("May my neighbor sit beside me during the drip?", "faq_companion"),
    ("My boss needs proof that I was at your clinic today", "faq_work_note"),
    ("How do I get copies of my own chart?", "faq_records_portal"),
    ("Is there no tablet I could swallow instead of the drip?", "faq_why_not_pill"),
    ("What can this sort of medicine do to people, rashes, headaches?", "faq_side_effects"),
    ("May I go to the gym once the bag has run through?", "faq_after_infusion"),
    ("Which qualifications do the people who treat me have?", "faq_staff"),
    ("Explain the word outpatient to me", "faq_outpatient_meaning"),
    ("Will I sleep in my own bed that night?", "faq_overnight_stay"),
    ("Is there a ramp for my walker?", "faq_accessibility"),
    ("My father only understands Polish, is that a problem?", "faq_interpreter"),
    ("Who gets to see what I tell you about my illness?", "faq_privacy"),
    ("Is there a separate room where nobody sees me?", "faq_private_room"),
    ("What is the fax number for papers?", "faq_fax_email"),
    ("Has the order from my doctor arrived at your clinic?", "faq_referral"),
    ("Must I have a mask on in the treatment room?", "faq_masks_infection_rules"),
    ("Could you take an X-ray of my wrist?", "out_of_scope"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "intent"), QUESTIONS)
def test_border(recognise: Callable[[str], str], question: str, intent: str) -> None:
    assert recognise(question) == intent


def test_every_topic_of_the_table_is_asked_for() -> None:
    table = (PROJECT / "data" / "topics" / "README.md").read_text()
    rows = [row for row in re.findall(r"^\| (.+?) \| .+ \|$", table, re.MULTILINE) if "/" in row]
    asked = {intent.removeprefix("faq_") for _, intent in QUESTIONS}
    named = {name for row in rows for name in re.split(r" / ", row.partition(",")[0])}
    assert len(rows) > 25
    assert named - asked == set()
