# Own incomes and expenses.
items-incomes-title = Your own incomes
items-incomes-lead = Add money from { $month } that the authorities have not told us about, for example wages.
items-incomes-any = Did you get other money in { $month }?
items-incomes-more = Do you have more incomes in { $month }?
items-incomes-known = What we already know
items-incomes-stated = Incomes that you have added
items-expenses-title = Your own expenses
items-expenses-lead = Add what you are to pay for { $month }, for example rent and electricity.
items-expenses-any = Do you have expenses for { $month }?
items-expenses-more = Do you have more expenses for { $month }?
items-expenses-known = What we already know
items-expenses-stated = Expenses that you have added
items-known = You do not need to write it in again.
items-yes = Yes
items-no = No
items-sum = Sum
items-no-amount = No amount
items-change = Change
items-remove = Remove
items-income-number = income { $number }, { $what }
items-expense-number = expense { $number }, { $what }

# One income or expense.
item-income-add = Add an income
item-income-change = Change the income
item-income-lead = One at a time. It should be money from { $month }.
item-income-back = Your own incomes
item-income-kind = What kind of income is it?
item-income-amount = How much was it?
item-income-amount-hint = In kronor, after tax.
item-income-date = On which day did the money come?
item-income-save = Save the income
item-income-remove = Remove the income
item-expense-add = Add an expense
item-expense-change = Change the expense
item-expense-lead = One at a time. It should be a cost for { $month }. The rent may have been paid at the end of the month before.
item-expense-back = Your own expenses
item-expense-kind = What kind of expense is it?
item-expense-amount = How much does it cost?
item-expense-amount-hint = In kronor.
item-expense-date = On which day is it to be paid?
item-expense-save = Save the expense
item-expense-remove = Remove the expense
item-person = Whose is it?
item-note = Do you want to tell more?
item-note-hint = Needed if you have chosen something that begins with Other.

# Before something is removed.
remove-income-title = Do you want to remove the income?
remove-expense-title = Do you want to remove the expense?
remove-lead = It is only removed from your application.
remove-button = Remove
remove-keep = Keep
kind-not-chosen = Not chosen
items-own-expenses-lead = Add what you are to pay for { $month } and is yours alone, for example medicine or travel to work. Rent, electricity and other costs of the household are written by the one who began the application.
item-own-expense-lead = One at a time. It should be a cost for { $month }, and yours alone.
