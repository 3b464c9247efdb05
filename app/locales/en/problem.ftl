# Pages for when something did not work.
problem-not-found-title = There is no such page
problem-not-found-text = The address may be wrong, or the page has moved. Go on from here.
problem-not-allowed-title = You cannot open this page
problem-not-allowed-text = It is for somebody else. If you are sure that you should see it, contact us.
problem-too-many-title = Wait a little while
problem-too-many-text = A great many requests came from here. What you have saved is still there.
problem-again = { $seconds ->
    [one] Try again in a second.
   *[other] Try again in { $seconds } seconds.
}
problem-busy-title = There is a lot going on right now
problem-busy-text = The service cannot keep up. It is not your fault, and what you have saved is still there.
problem-broken-title = Something went wrong on our side
problem-broken-text = It is not your fault, and what you have saved is still there. Try again in a while. If it does not help, call us and say the number below.
problem-not-logged-in-title = You are not logged in
problem-not-logged-in-text = Log in to see the page. What you have saved is still there.
problem-expired-title = You have been logged out
problem-expired-text = Log in and go on. What you have saved is still there.
problem-login-cancelled-title = You cancelled
problem-login-cancelled-text = Nothing has happened. To go on, do it again.
problem-login-level-title = This eID is not enough
problem-login-level-text = Its level of security is too low. Try another eID, or contact us.
problem-login-wrong-person-title = The wrong person signed
problem-login-wrong-person-text = The signature was made by someone else than the one who is logged in. Nothing has been sent. Sign again with your own eID.
problem-login-expired-title = It took too long
problem-login-expired-text = For your safety a login works for a short while only. What you saved is still here. Do it again.
problem-login-unreachable-title = The eID service does not answer right now
problem-login-unreachable-text = It is not your fault, and what you saved is still here. Try again in a while.
problem-login-refused-title = We could not trust the answer
problem-login-refused-text = The answer from the eID service could not be checked, and we have not accepted it. Start again from here.
problem-not-staff-title = You are not among our caseworkers
problem-not-staff-text = The login went well, but you have no account here. Ask your administrator to add you.
problem-wrong-origin-title = The form did not come from here
problem-wrong-origin-text = For your safety we did not accept it, and nothing has changed. Open the page again and redo it.
problem-too-large-title = That was too much at once
problem-too-large-text = The text was longer than we can take, and nothing has changed. Go back and make it shorter.
problem-not-understood-title = We could not read what was sent
problem-not-understood-text = Nothing has been changed. Open the page again and redo it.
problem-to-start = To the start page
problem-to-login = Log in
problem-id = The number of the error:
