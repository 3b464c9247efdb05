# Message to the caseworker in the application.
message-title = Is there anything you want to tell?
message-lead = The message goes along with the application. You can leave it empty.
message-lead-to = The message goes to { $name } with the application. You can leave it empty.
message-label = Message
message-hint = Write for example if an authority is wrong, or if something will soon change.
