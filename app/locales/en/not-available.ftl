# When the service cannot be used.
not-available-title = You cannot use the service just now
not-available-lead = The service is for certain cases. You can still apply and get help in other ways. What you have already signed here is still with us.
not-available-do = What to do
not-available-help = Contact us, and we will help you. You do not need to tell why you could not get in here.
not-available-urgent-title = Is it urgent?
not-available-urgent = Do you lack money for food, medicine or rent? Get in touch today.
