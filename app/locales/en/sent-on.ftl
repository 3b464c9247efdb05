# The page between the service and the eID, which goes on by itself.
sent-on-eid-title = You are on your way to your eID
sent-on-staff-title = You are on your way to the login
sent-on-text = The page goes on by itself. If nothing happens, press the button.
sent-on-eid = Go to your eID
sent-on-staff = Go to the login
