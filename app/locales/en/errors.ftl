# Errors at form fields. Say what is wrong and what to do about it.
# $limit is an amount, $first and $last are dates: the page spells them in its language.

error-amount-missing = Enter how much it is, in kronor.
error-amount-not-a-number = Enter the amount in digits, such as 1 250 or 1250.50.
error-amount-too-many-decimals = Enter at most two digits after the comma or point. If you mean thousands, leave both out.
error-amount-not-positive = Enter an amount above 0. If the row is not needed, you can remove it.
error-amount-negative = Enter an amount of 0 or more.
error-amount-not-whole = Write the amount in whole kronor, without öre.
error-amount-too-large = Enter an amount of at most { $limit }.

error-date-missing = Enter the day, such as { $example }.
error-date-not-a-date = Enter the day and the month, such as { $example }.
error-date-not-in-calendar = There is no such day. The month ends on { $last }.
error-date-too-early = Enter { $first } or a later day. You do not need to include what is older.
error-date-too-late = Enter { $last } or an earlier day. Include what comes later next time.
error-last-day-before-first = The last day is before the first, { $first }.

error-dispute-reason-missing = Choose what is wrong.
error-dispute-both = You chose that it is not yours, but wrote an amount or a day. Remove it, or choose something else.
error-dispute-difference-missing = Write the right amount or the right day.
error-dispute-why-missing = Tell why it is wrong.
error-kind-missing = Choose what it is.
error-kind-unknown = Choose something from the list.
error-person-missing = Choose who it is for.
error-person-twice = You have told about that person already. Remove one of them.
error-person-unknown = Choose someone in the household.
error-note-missing = Tell us briefly what it is.

error-text-too-long = Shorten the text to at most { $max } characters. It now has { $length }.
error-text-too-short = Write at least { $min } characters.
error-text-not-kept = The text is too long to be saved. What you had written before is still there. Enter at most { $max } characters.

error-phone-form = Enter the phone number in digits, such as 070-123 45 67. You can also leave it empty.
error-email-form = Enter the e-mail address like this: name@example.com. You can also leave it empty.

error-household-missing = Answer whether the details of your household are right.
error-name-missing = Write the first and last name.
error-address-missing = Write the address.
error-place-missing = Write what it is called: the employer, the school or the activity.
error-choice-missing = Choose one of the answers.
error-count-not-in-range = Write a whole number from { $least } to { $most }.
error-person-number-form = Write the number with twelve digits, or leave the field empty.
error-household-both = You have answered that nothing has changed, and described a change. Remove what you have filled in, or choose that something has changed.
error-household-change-missing = Tell us what has changed in the household.
error-more-missing = Answer whether you have more to add.
error-list-too-long = Remove some rows. The list can have at most { $max }. Put the rest in a message.
error-authorities-not-seen = Look through what the authorities say.
error-drop-reason-missing = Choose why you drop the job.
error-delegation-zero = Write an amount above 0. Leave the field empty if it is not delegated.
error-said-elsewhere = Somebody else has changed this since the page was shown. Read what it is now, and save again if what you have written is to hold.
error-yes-or-no = Answer yes or no.
error-month-missing = Choose which month it is for.
error-month-unknown = Choose one of the months in the list.
error-activity-missing = Answer whether you have looked for work or taken part in activities.
error-activity-note-missing = Write what was not done, and why.
error-nothing-changed = Choose what has changed, or go back.
error-assign-cannot = That colleague cannot take this case. Choose somebody else.
