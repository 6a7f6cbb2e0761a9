"""Knows a message that tells no more than what somebody lives with: "he is on oxygen, and deaf"."""

from __future__ import annotations

import re

WHO = (
    r"(?:(?:i|we|he|she|they|mom|mum|dad|mother|father|grandma|grandpa|hubby"
    r"|(?:my|our|his|her) (?:\w+ ){0,2}?\w+)"
    r"(?: ?'s| ?'m| ?'ve| ?'re| is| am| are| has| have| had| wears?| uses?)"
    r"|im|ive|hes|shes|theyre)"
)
MANNER = r"(?:(?:also|always|just|really|very|pretty|quite|half|nearly|almost|mostly) )*"
WHAT = (
    r"(?:on (?:home )?oxygen"
    r"|(?:(?:a|an|his|her|my|two|both) )?(?:new |old |left |right )?"
    r"(?:pacemaker|defibrillator|icd|stents?|shunt"
    r"|fistula|feeding tube|trach|ostomy|colostomy|insulin pump|hearing aids?|cochlear implant"
    r"|cane|walker|wheelchair|scooter|prosthesis|prosthetic|amputee|fall risk|heart murmur)"
    r"|(?:a |an )?(?:glass eye|(?:fake|new|artificial) (?:hip|knee|leg|eye|valve)"
    r"|metal (?:plate|pin)|service dog|dnr)"
    r"|one (?:leg|arm|eye|hand|ear|kidney|lung)"
    r"|in a (?:wheelchair|nursing home)"
    r"|deaf|hard of hearing|legally blind|blind in one eye|colou?r ?blind|nonverbal|bedridden"
    r"|incontinent|diabetic|autistic|dyslexic|disabled|lactose intolerant|left handed"
    r"|(?:type (?:1|2|one|two) )?diabetes|ms|ra|uc|als|copd|cidp|ibs|gerd|adhd|ptsd|afib|lupus"
    r"|multiple sclerosis|asthma|autism|dementia|alzheimer ?'?s|parkinson ?'?s|epilepsy|gout"
    r"|arthritis|osteoporosis|psoriasis|eczema|vitiligo|glaucoma|cataracts|neuropathy"
    r"|raynaud ?'?s|crohn ?'?s|colitis|celiac|lymphedema|fibromyalgia|tourette ?'?s"
    r"|down syndrome|cerebral palsy|sleep apnea|high cholesterol"
    r"|bad (?:veins|hearing|eyes|knees|hips|back|circulation))"
    r"(?: (?:in|on) (?:both|one|his|her|my|the)(?: (?:left|right))?"
    r" (?:hands?|feet|foot|legs?|arms?|elbows?|knees?|wrists?|ankles?|hips?|ears?|eyes?|scalp"
    r"|back))?"
)
SINCE = (
    r"(?: too| as well| also| at home| at night| always| for (?:\w+ )?years"
    r"| since (?:birth|childhood|(?:19|20)\d\d))*"
)
CLAUSE = rf"(?:{WHO} )?{MANNER}{WHAT}{SINCE}"
MESSAGE = re.compile(
    rf"(?:(?:and|but|also|oh|plus|well|so|btw) )*{WHO} {MANNER}{WHAT}{SINCE}"
    rf"(?:(?: ?,)?(?: and| plus| but)? (?:also )?{CLAUSE})*[ .!]*",
    re.IGNORECASE,
)
"""The whole of a message: what else is said may be what has just begun."""


def is_all(text: str) -> bool:
    """Return whether a text tells of nothing but an illness, a loss or a device of long standing.

    The networks have read too many emergencies of others in such short words.
    """
    return MESSAGE.fullmatch(text.strip()) is not None
