# What the page says of the other adult of the household.
other-adult-title = About { $name }
other-adult-asked = Authorities have been asked about { $name }.
other-adult-not-asked = No authority has been asked about { $name } yet.
other-adult-theirs = What they answer is shown to { $name } and the caseworker alone.
other-adult-sum = According to the authorities { $name } gets { $amount } in all in { $month }.
other-adult-sum-none = The authorities have not told of any money for { $name } in { $month }.
other-adult-sum-partly = An answer may be missing.
other-adult-ground = You see a sum and nothing else. The municipality shows it on this ground:
other-adult-figure-without = Without what authorities say about { $name }.
