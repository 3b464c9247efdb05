# Who has opened protected cases.
readings-title = Readings
readings-lead = Those who have opened cases where somebody has a protected identity. New ones first.
readings-none = Nobody has opened such a case.
readings-mark = Mark as reviewed
readings-one = { $name } opened case { $number }
readings-one-unnamed = { $name } opened a protected case
