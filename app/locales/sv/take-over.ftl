# Frågan innan den andras påbörjade ansökan tas över.
take-over-title = Ta över ansökan för { $month }
take-over-lead = { $name } har börjat ansökan och inte skrivit under. Tar du över den börjar du från början: det { $name } har skrivit får du inte se.
take-over-told = { $name } får veta att du har tagit över.
take-over-button = Ta över och börja
take-over-keep = Nej, vänta
