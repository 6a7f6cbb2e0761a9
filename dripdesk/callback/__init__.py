"""What patients type to be called back: the fields, what they say of them, and corrections."""
