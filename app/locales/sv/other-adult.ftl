# Vad sidan säger om den andra vuxna i hushållet.
other-adult-title = Om { $name }
other-adult-asked = Myndigheterna har tillfrågats om { $name }.
other-adult-not-asked = Ingen myndighet har tillfrågats om { $name } än.
other-adult-theirs = Vad de svarar visas bara för { $name } och handläggaren.
other-adult-sum = Enligt myndigheterna får { $name } sammanlagt { $amount } i { $month }.
other-adult-sum-none = Myndigheterna har inte berättat om några pengar till { $name } i { $month }.
other-adult-sum-partly = Något svar kan saknas.
other-adult-ground = Du ser en summa och inget annat. Kommunen visar den med stöd av det här:
other-adult-figure-without = Utan det som myndigheterna säger om { $name }.
