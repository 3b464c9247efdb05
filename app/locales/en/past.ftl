# The home page of somebody without an ongoing case.
past-title = Your earlier assistance
past-lead = You have no ongoing case here. What you were given you can still read.
past-closed = Case { $number } was closed on { $day }.
past-left = You have not been part of case { $number } since { $day }.
past-apart-own = You have said that you have moved apart.
past-apart-other = The person you applied with has said that you have moved apart.
past-apart-disputed = You have written that it is not right. A caseworker will contact you.
past-apart-wrong = It is not right
past-again = Do you need assistance again?
past-again-text = Here you can only renew an ongoing case. Contact us, and we will help you to make a new application.
