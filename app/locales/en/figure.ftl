# What stands around a calculation: what it rests on, and why there is sometimes no amount.
calculation-table = { $table }, version { $version }. Rules: { $rules }, version { $rules-version }.
calculation-no-settings = The municipality has not set its guidelines for the month. That is why we show no amount. You can still apply.
calculation-not-possible = The details cannot be used for a calculation as they are now. A caseworker will look at them.
