"""Pure statistics over answers: levels, shifts, agreement, disclosure control."""
