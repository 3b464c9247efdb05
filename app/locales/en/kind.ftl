# Kinds of income.
income-kind-wage = Wage
income-kind-unemployment-benefit = Unemployment benefit
income-kind-activity-support = Activity support or development allowance
income-kind-introduction-benefit = Introduction benefit
income-kind-sickness-benefit = Sickness or rehabilitation benefit
income-kind-disability-benefit = Sickness or activity compensation
income-kind-parental-benefit = Parental benefit
income-kind-child-benefit = Child benefit
income-kind-housing-benefit = Housing benefit
income-kind-maintenance = Maintenance for a child
income-kind-study-aid = Student aid
income-kind-pupil-allowance = Pupil allowance
income-kind-pension = Pension
income-kind-housing-supplement = Housing supplement
income-kind-tax-refund = Tax refund
income-kind-capital = Interest, dividend or sale
income-kind-transfer = Swish or transfer from somebody
income-kind-sale = Things sold
income-kind-lodger = Rent from a lodger
income-kind-insurance = Insurance compensation
income-kind-foreign = Money from another country
income-kind-job-premium = Job premium
income-kind-gift = Gift
income-kind-loan = Loan
income-kind-bank-balance = Money in a bank account
income-kind-other = Other income

# Kinds of cost.
expense-kind-rent = Rent or fee for the home
expense-kind-electricity = Household electricity
expense-kind-home-insurance = Home insurance
expense-kind-work-travel = Travel to work
expense-kind-union-fee = Union fee
expense-kind-unemployment-fund-fee = Unemployment fund fee
expense-kind-childcare = Childcare fee
expense-kind-health-care = Health care
expense-kind-medicine = Prescribed medicine
expense-kind-glasses = Glasses
expense-kind-dental-care = Dental care
expense-kind-other = Other cost

# Kinds of asset.
asset-kind-securities = Shares, funds or other securities
asset-kind-vehicle = Vehicle
asset-kind-property = House, flat or land
asset-kind-other = Other asset

kind-group-work = Work
kind-group-home = Home
kind-group-health = Health
kind-group-benefits = Benefits
kind-group-people = From others
kind-group-means = Saved and sold
kind-group-else = Something else
