# The start page of staff, before login.
staff-title = Förnya for staff
staff-lead = Here you handle applications for economic assistance.
staff-who = Caseworkers and administrators
staff-login-title = Log in with your work account
staff-login-text = After logging in you come to what is your work.
staff-login = Log in
staff-citizen = Are you applying for assistance? Go to the page for applicants.
