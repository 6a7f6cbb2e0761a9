"""What is asked does not depend on which medicine is named."""

from __future__ import annotations

from collections.abc import Callable

# Written before the training sentences that name medicines, and not trained.
QUESTIONS = [
    ("how much am i gonna pay for remicade", "faq_price"),
    ("what does entyvio cost me", "faq_price"),
    ("how much is remicade", "faq_price"),
    ("price of ocrevus", "faq_price"),
    ("how much would i owe for a keytruda treatment", "faq_price estimate_cost"),
    ("is remicade expensive", "faq_price"),
    ("cost for xolair shots", "faq_price"),
    ("does my insurance cover entyvio", "faq_insurance faq_prior_authorization"),
    ("do i need approval from insurance for ocrevus", "faq_prior_authorization"),
    ("how long does a remicade infusion take", "faq_specific_drug"),
    ("how long is the ocrevus drip", "faq_specific_drug"),
    ("how often do i get entyvio", "faq_how_often"),
    ("can i eat before my remicade", "faq_eat_drink_before"),
    ("what are the side effects of ivig", "faq_side_effects"),
    ("can i drive home after ocrevus", "faq_drive_home"),
    ("is remicade given as a shot or an iv", "faq_specific_drug"),
    ("where in the body do you put in xolair", "faq_specific_drug faq_body_site"),
    ("do you do stelara at home", "faq_home_infusion"),
    ("can i get help paying for my entyvio", "faq_financial_help"),
    ("does medicare cover prolia", "faq_medicare_medicaid"),
    ("do i need blood work before remicade", "faq_pre_visit_labs"),
    ("can kids get remicade", "faq_pediatric"),
    ("is entyvio an infusion", "faq_specific_drug"),
    ("why cant i take remicade as a pill", "faq_why_not_pill"),
    ("how fast does entyvio work", "faq_onset_speed"),
    ("do i have to premedicate before rituxan", "faq_medication_before"),
    ("can i work after my ocrevus", "faq_after_infusion faq_work_note"),
    ("i want to schedule my tysabri", "faq_book_appointment"),
    ("i need to cancel my remicade on friday", "faq_cancel_reschedule"),
    ("copay for remicade", "faq_copay_deductible"),
    ("is remicade cheaper with you than at the hospital", "faq_cost_vs_hospital"),
    ("do you have tysabri", "faq_specific_drug"),
    ("can my sister sit with me during the cimzia shot", "faq_companion"),
    ("where do i park when i come for iron", "faq_parking"),
    ("should i double my entyvio dose", "clinical_advice"),
    ("is ocrevus safe with my heart pills", "clinical_advice"),
    ("can i stop remicade now that i feel fine", "clinical_advice"),
    ("should i take xolair or nucala", "clinical_advice"),
    ("missed my prolia by a month is that bad", "faq_missed_dose clinical_advice"),
    ("got a letter that says my ivig was denied", "faq_prior_authorization faq_billing"),
]
FLOOR = 0.95


def test_questions_that_name_a_medicine(recognise: Callable[[str], str]) -> None:
    found = {text: recognise(text) for text, _ in QUESTIONS}
    wrong = [f"{t}: {found[t]}" for t, intents in QUESTIONS if found[t] not in intents.split()]
    assert len(QUESTIONS) >= 40
    assert 1 - len(wrong) / len(QUESTIONS) >= FLOOR, wrong
