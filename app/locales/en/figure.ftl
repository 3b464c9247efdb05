# What stands around a calculation: what it rests on, and why there is sometimes no amount.
calculation-table = { $table }, version { $version }. Rules: { $rules }, version { $rules-version }.
calculation-no-settings = The municipality has not set its guidelines for the month. That is why we show no amount. You can still apply.
calculation-not-possible = The details cannot be used for a calculation as they are now. A caseworker will look at them.
figure-unfinished = The amount is shown when everything is filled in.
figure-household-registered = Calculated for the household as it is registered. Your caseworker looks at what has changed.
figure-most-missing = We cannot calculate yet. Most authorities have not answered.
figure-not-answered = Without an answer from { $names }. The amount may change.
