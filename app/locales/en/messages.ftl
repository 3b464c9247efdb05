# Messages.
messages-title = Send a message
messages-lead = The caseworkers of your case read it.
messages-lead-to = { $name } is your caseworker and reads it.
messages-past = Your messages
messages-lead-past = This is what you have written to us. You have no ongoing case to write in.
messages-subject = What is it about?
messages-body = Your message
messages-body-hint = Do you want to book a meeting? Write which days and times suit you.
messages-send = Send the message
messages-thread = Earlier messages
messages-none = There are none yet.
messages-from-you = You

# What a message is about.
subject-question = A question
subject-meeting = Book a meeting
subject-changed = Something has changed
subject-other = Something else
subject-moved-apart = We have moved apart
subject-not-moved-apart = We have not moved apart

# Errors in a message.
error-subject-missing = Choose what it is about.
error-body-missing = Write your message.
