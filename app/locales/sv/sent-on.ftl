# Sidan mellan tjänsten och e-legitimationen, som går vidare av sig själv.
sent-on-eid-title = Nu går du till e-legitimationen
sent-on-staff-title = Nu går du till inloggningen
sent-on-text = Sidan går vidare av sig själv. Händer inget, tryck på knappen.
sent-on-eid = Gå till e-legitimationen
sent-on-staff = Gå till inloggningen
