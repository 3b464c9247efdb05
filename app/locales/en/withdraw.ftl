# The question before a begun application is taken back.
withdraw-title = Take back the application for { $month }
withdraw-lead = The application is not sent, and you cannot reach what you have written. You can begin again as long as the application is open.
withdraw-other = { $name } will be told.
withdraw-button = Take back the application
withdraw-keep = Keep it
