# What the authorities say.
authorities-title = Is this right?
authorities-lead = We asked the authorities { $asked }. You do not need to write in what stands here.
authorities-wrong = Is something wrong? Choose This is wrong beside the figure. Is something missing? Write it in your message to the caseworker.
authorities-arriving = { $count ->
    [one] One authority has not answered yet. You can wait or go on.
   *[other] { $count } authorities have not answered yet. You can wait or go on.
}
authorities-arrived = New answers have come.
authorities-late = The answers are late. You can go on anyway.
authorities-reload = Show new answers
authorities-again-title = Not every answer came
authorities-again-text = We can ask again. You can also go on. Your caseworker sees which answers are missing.
authorities-again-button = Ask again

# What an authority answered.
answer-answered = Answered
answer-nothing-found = Nothing found
answer-nothing-found-means = Nothing found means that the authority answered but told us nothing.
answer-partly = Answered only in part.
answer-partly-text = Something may be missing here. You can go on anyway.
answer-failed-silent = Did not answer just now.
answer-failed-refused = Could not answer just now.
answer-failed-malformed = The answer could not be read.
answer-failed-text = You can go on anyway. Your caseworker sees that the answer is missing.
answer-switched-off = Not asked.
answer-switched-off-text = The municipality fetches nothing from here just now.
answer-not-applicable = Not asked, not needed
answer-waiting = Waiting for an answer.
answer-waiting-text = It usually takes a minute.
answer-add-yourself = Did money come from { $name } in { $month }? Add it yourself
answer-fetched = Fetched { $at }
answer-taken-back = taken back
answer-job-seeker = Registered since { $day }
answer-under-way = Under way: { $what }

# Earlier months.
history-title = Earlier months
history-fixed = This cannot be changed.
history-empty = Nothing
