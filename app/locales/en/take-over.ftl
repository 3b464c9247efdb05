# The question before the other's begun application is taken over.
take-over-title = Take over the application for { $month }
take-over-lead = { $name } has begun the application and not signed it. If you take it over you begin from the start: you do not see what { $name } has written.
take-over-told = { $name } will be told that you have taken over.
take-over-button = Take over and begin
take-over-keep = No, wait
