"""Tells by small words what a message is: Spanish rather than English, or a question."""

from __future__ import annotations

import re

# Frequent Spanish words; the second list holds those that English has too.
SPANISH = frozenset(
    "el la los las un una unos unas y o de del al que qué como cómo cuanto cuánto cuesta donde "
    "dónde cuando cuándo por para con sin es está están son soy estoy tengo tiene tienen puedo "
    "puede pueden quiero quisiera necesito hay mi su sus mis yo ella usted ustedes gracias hola "
    "buenos buenas dias días tardes noches si sí pero muy más mucho esto esta este ese eso hoy "
    "mañana aguja suero dolor duele duelen ayuda favor hablan habla español espanol aceptan "
    "cita horario hora abren cierran clinica clínica tratamiento infusión inyección medicina lo "
    "le me seguro se te nos ya porque precio dinero número teléfono cual cuál quien quién en no "
    "ni nada todo toda todos hace desde después despues ahora ayer otra vez tan casi mamá mama "
    "papá papa hijo hija niño niña nino nina esposo esposa hermano hermana abuela voy va van "
    "fue era estaba ser tener tomar tomó tomo tomé tome hacer puse puso respirar respira "
    "respiro pecho garganta cabeza brazo pierna mano cara boca sangre fiebre ronchas pastillas "
    "pastilla vida vivir morir ayúdenme ayudenme siente siento quiere dice creo mucha muchas "
    "tus les mí conmigo cuerpo pie pies ojos bebé bebe murió murio dio dejé deje veo cada día "
    "tío tio uno salí sali poniendo cayó cayo aguanto matar embarazada ahogando ahoga desmayó "
    "desmayo hinchada hinchado".split()
)
ENGLISH_TOO = frozenset(
    "as es hora is la me o se si son te u y en no mama papa era sin van ser pie ya yo".split()
)
LEAST_SHARE = 0.5
ASKING = frozenset(
    "what what's whats wat when when's whens where where's wheres how how's hows who who's whos "
    "why which do does did can could will would should shall may must is are r am was were has "
    "isn't aren't don't doesn't can't won't isnt arent dont doesnt cant wont".split()
)
"""Words with which a question begins."""
TELLING = frozenset("will would won't wont can't cant don't dont must may".split())
TOLD = frozenset("be like love prefer rather need want wanna know think make".split())
"""Behind one of those, a word that makes it none: "will be late", "dont know the way"."""


def is_spanish(text: str) -> bool:
    """Return whether a message is in Spanish rather than English with a Spanish word in it."""
    if re.search(r"[¿¡]", text):
        return True
    words = re.findall(r"[^\W\d_]+", text.lower())
    spanish = [word for word in words if word in SPANISH]
    sure = [word for word in spanish if word not in ENGLISH_TOO]
    accents = re.search(r"[áíóúñ]", text.lower())  # alone, they may be those of a name
    return bool(sure) and (
        bool(accents and spanish[1:]) or len(spanish) >= LEAST_SHARE * len(words)
    )


def is_question(text: str) -> bool:
    """Return whether a message has the form of an English question."""
    words = re.findall(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?", text.lower().replace("\u2019", "'"))
    is_told = len(words) > 1 and words[0] in TELLING and words[1] in TOLD
    return "?" in text or bool(ASKING.intersection(words[:1]) and not is_told)
