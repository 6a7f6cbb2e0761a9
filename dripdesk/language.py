"""Tells Spanish from English by its small words, well enough to answer in the right one."""

from __future__ import annotations

import re

# Frequent Spanish words; the second list holds those that English has too.
SPANISH = frozenset(
    "el la los las un una unos unas y o de del al que qué como cómo cuanto cuánto cuesta donde "
    "dónde cuando cuándo por para con sin es está están son soy estoy tengo tiene tienen puedo "
    "puede pueden quiero quisiera necesito hay mi su sus mis yo ella usted ustedes gracias hola "
    "buenos buenas dias días tardes noches si sí pero muy más mucho esto esta este ese eso hoy "
    "mañana aguja suero dolor duele duelen ayuda favor hablan habla español espanol aceptan cita "
    "horario hora abren cierran clinica clínica tratamiento infusión inyección medicina lo le me "
    "seguro se te nos ya porque precio dinero número teléfono cual cuál quien quién en".split()
)
ENGLISH_TOO = frozenset("as es hora is la me o se si son te u y en".split())
LEAST_SHARE = 0.5


def is_spanish(text: str) -> bool:
    """Return whether a message is in Spanish rather than English with a Spanish word in it."""
    if re.search(r"[¿¡]", text):
        return True
    words = re.findall(r"[^\W\d_]+", text.lower())
    spanish = [word for word in words if word in SPANISH]
    sure = [word for word in spanish if word not in ENGLISH_TOO]
    return bool(sure) and len(spanish) >= LEAST_SHARE * len(words)
