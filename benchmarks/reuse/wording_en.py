"""English wording: see ``wording.Wording``."""

from __future__ import annotations

from typing import Final

from benchmarks.reuse.wording import Wording

ENGLISH: Final = Wording(
    phrases={
        "company": (
            "{v} is looking for people to grow with.", "Welcome to {v}.", "At {v}, we take pride in what we do.",
            "This is how we work at {v}.", "Join {v} and make a difference.", "We are {v}.",
        ),
        "company_elsewhere": ("This holds for everyone at {v}.", "You will be part of {v}.", "{v} supports its people.", "You will be employed by {v}."),
        "title": ("As {v}, this is what you will do:", "The {v} role covers the following.", "What our next {v} will take on:", "Position: {v}"),
        "seniority": ("This is {v} position.", "Level: {bare}", "We see this as {v} role.", "You would be joining us in {v} position."),
        "years": (
            "{a} to {b} years of experience", "{a}-{b} years of relevant experience", "Between {a} and {b} years in a similar role",
            "You bring {a} to {b} years of professional experience.", "At least {a} and at most {b} years of experience",
        ),
        "years_min": (
            "{a}+ years of experience", "At least {a} years of relevant experience", "A minimum of {a} years in a similar role",
            "You have {a} or more years of hands-on experience.", "{a} years of experience or more",
        ),
        "salary:year": ("${a} - ${b} a year", "An annual salary between ${a} and ${b}", "The salary range is ${a} to ${b} per year.", "Pay: ${a}–${b} annually"),
        "salary:month": ("${a} - ${b} a month", "Monthly pay between ${a} and ${b}", "We pay ${a} to ${b} per month.", "Pay: ${a}–${b} monthly"),
        "salary:hour": ("${a} - ${b} an hour", "Hourly pay between ${a} and ${b}", "We pay ${a} to ${b} per hour.", "Pay: ${a}–${b} hourly"),
        "salary:day": ("${a} - ${b} a day", "Daily pay between ${a} and ${b}", "We pay ${a} to ${b} per day.", "Pay: ${a}–${b} daily"),
        "headcount": ("We are hiring {v} people for this role.", "Number of openings: {v}", "{v} positions are open.", "Openings: {v}"),
        "employment_type": ("This is a {v} position.", "Employment type: {v}", "The role is {v}.", "You will work on a {v} basis."),
        "work_mode": ("{v}",),
        "location": ("The job is based in {v}.", "Location: {v}", "You will work in {v}.", "Our office is in {v}."),
        "deadline": ("Apply by {month} {day}, {year}.", "Applications close on {day} {month} {year}.", "Closing date: {iso}", "Please apply no later than {month} {day}, {year}."),
        "education": ("{v} required", "Education: {v}", "You hold the following: {v}.", "Minimum education: {v}"),
        "probation_months": ("There is a {v}-month probation period.", "Probation: {v} months", "The first {v} months are a probationary period.", "A probationary period of {v} months applies."),
        "skill": ("Proficiency in {v}", "Hands-on experience with {v}", "{v} required", "You know your way around {v}.", "Working knowledge of {v}"),
        "licence": ("You hold {v}.", "{v} required", "You have {v}.", "Must have {v}"),
        "email": ("Questions? Write to {v}.", "Contact: {v}", "Send your application to {v}.", "Reach the hiring team at {v}."),
        "phone": ("Call {v} with any questions.", "Phone: {v}", "For questions, call {v}.", "Reach the hiring team on {v}."),
        "url": ("Apply at {v}", "More on {v}", "Applications are taken at {v}", "Read about us at {v}"),
        "industry": ("We work in {v}.", "Industry: {v}", "We are a {v} company.", "Our field is {v}."),
        "size": ("We are a team of {v} people.", "{v} employees", "Company size: {v}", "There are {v} of us."),
        "founded": ("We were founded in {v}.", "Founded in {v}", "Established in {v}.", "In business since {v}."),
        "hiring_process": ("Hiring process: {v}", "The steps are {v}.", "After you apply: {v}.", "You can expect {v}."),
        "benefit": ("{v}", "Enjoy {v}.", "For everyone: {v}", "You also get {v}."),
        "culture": ("{v}", "We believe in {v}.", "How we work: {v}", "We care about {v}."),
        "notes": ("{v}", "Note: {v}", "Please note: {v}", "Good to know: {v}"),
    },
    values={
        "industry": "fintech,construction,food production,medical devices,logistics,education,video games,travel,automotive parts,cosmetics,real estate,agriculture,semiconductors,publishing,hospitality,fashion retail,insurance,waste management,advertising,shipbuilding".split(","),
        "size": "1-10,11-50,51-200,201-500,501-1000".split(","),
        "education": ("Bachelor's degree", "Associate degree", "High school diploma", "Master's degree", "PhD"),
        "location": ("Austin, TX", "Boston, MA", "Denver, CO", "Portland, OR", "Chicago, IL", "Seattle, WA", "Atlanta, GA", "Columbus, OH", "Phoenix, AZ", "London", "Manchester", "Dublin", "Toronto", "Berlin", "Singapore", "Sydney"),
        "skill": "Java,JavaScript,TypeScript,Python,C,C++,C#,Go,Kotlin,React,React Native,Vue.js,SQL,NoSQL,MySQL,MongoDB,Kafka,Spring Boot,Docker,Kubernetes,AWS,Excel,PowerPoint,Photoshop,Illustrator,Figma,AutoCAD,SolidWorks,SAP,QuickBooks,Salesforce,HubSpot,a CDL Class A license,a CDL Class B license,a forklift license,a nursing license,a food handler card,MIG welding,TIG welding,CPR certification,Spanish,French,bookkeeping,payroll".split(","),
        "benefit": "free lunch,free dinner,a phone allowance,a commuter allowance,tuition reimbursement,childcare support,dental insurance,vision insurance,life insurance,a 401(k) plan,paid parental leave,paid volunteer days,stock options,a gym membership,free snacks,a new laptop,company housing,a shuttle bus,flexible vacation,a training budget,uniforms,employee discounts,a sabbatical,relocation support".split(","),
        "culture": "flat hierarchies,flexible hours,writing things down,open information,moving fast,evidence over opinion,small teams,monthly retrospectives,casual dress,blameless reviews,quiet mornings,mentoring".split(","),
        "hiring_process": "application review,take-home assignment,coding test,team interview,executive interview,phone screen,video interview,reference check,medical check,aptitude test,practical test,offer,portfolio review".split(","),
        "email": "jobs@acme-works.com,hr@northwind-foods.com,careers@bluebird.io,people@harbor-logistics.com,recruiting@maple-clinic.org,talent@stonebridge.co".split(","),
        "phone": "+1 512-555-0132,+1 617-555-0178,+1 303-555-0114,+1 206-555-0122,+1 404-555-0131,+1 312-555-0199".split(","),
        "url": "https://careers.acme-works.com,https://northwind-foods.com/jobs,https://bluebird.io/careers,https://jobs.harbor-logistics.com,https://maple-clinic.org/apply,https://stonebridge.co/join".split(","),
        "company": "Acme,Northwind Foods,Bluebird,Harbor Logistics,Maple Clinic,Stonebridge,Fernhill,Redwood Press,Larkspur,Cobalt Marine,Sunfield Farms,Ironworks,Willow Hotel,Juniper,Quarry Lane".split(","),
        "title": "Backend Developer,Frontend Developer,Ward Nurse,Outpatient Nurse,Forklift Operator,Warehouse Manager,Accounts Payable Clerk,Accounts Receivable Clerk,Line Cook,Pastry Chef,Facilities Manager,Electrician,Elementary School Teacher,Middle School Teacher,Sales Manager,Sales Assistant,Content Marketer,Performance Marketer,Quality Inspector,Production Manager,Front Desk Agent,Housekeeping Supervisor,Social Worker,Welder,Data Analyst,Data Engineer,HR Generalist,Recruiter,Truck Driver,Bus Driver".split(","),
    },
    words={
        "seniority": {
            "intern": ("an intern", "intern"), "entry": ("an entry-level", "entry-level"), "junior": ("a junior", "junior"), "mid": ("a mid-level", "mid-level"), "senior": ("a senior", "senior"), "lead": ("a lead", "lead"),
            "executive": ("an executive", "executive"),
        },
        "employment_type": {"full_time": ("full-time",), "contract": ("contract",), "part_time": ("part-time",), "intern": ("internship",), "freelance": ("freelance",)},
        "work_mode": {
            "onsite": ("Remote work is not possible.", "You will work on site.", "This is a fully on-site role.", "The role is office-based, with no remote work."),
            "hybrid": ("Hybrid working is the norm.", "You will split your time between home and the office.", "This is a hybrid role.", "We work partly from home and partly in the office."),
            "remote": ("This is a fully remote role.", "You will work remotely.", "You can work from anywhere; we are a remote team.", "The role is entirely remote."),
        },
        "salary_period": {"year": ("a year", "annual", "per year", "annually"), "month": ("a month", "monthly", "per month"), "day": ("a day", "daily", "per day"), "hour": ("an hour", "hourly", "per hour")},
    },
    spellings={
        "location": (("Austin, TX", "Austin, Texas"), ("Boston, MA", "Boston, Massachusetts"), ("Denver, CO", "Denver, Colorado"), ("Portland, OR", "Portland, Oregon"), ("Chicago, IL", "Chicago, Illinois"), ("Seattle, WA", "Seattle, Washington"), ("Atlanta, GA", "Atlanta, Georgia"), ("Columbus, OH", "Columbus, Ohio"), ("Phoenix, AZ", "Phoenix, Arizona"), ("London", "London, UK"), ("Manchester", "Manchester, UK"), ("Dublin", "Dublin, Ireland"), ("Toronto", "Toronto, Canada"), ("Berlin", "Berlin, Germany"), ("Sydney", "Sydney, Australia")),
        "education": (("Bachelor's degree", "Bachelors degree", "Bachelor degree", "bachelor's degree"), ("Associate degree", "Associate's degree"), ("High school diploma", "High-school diploma", "high school diploma"), ("Master's degree", "Masters degree"), ("PhD", "Ph.D.", "Doctorate")),
        "skill": (
            ("JavaScript", "JS", "Javascript"), ("TypeScript", "Typescript"), ("Python", "python"), ("Go", "Golang"), ("React", "React.js", "ReactJS"), ("Vue.js", "Vue"), ("Kafka", "Apache Kafka"), ("Spring Boot", "SpringBoot", "Spring-Boot"), ("Kubernetes", "K8s", "kubernetes"), ("AWS", "Amazon Web Services"),
            ("Excel", "MS Excel", "Microsoft Excel"), ("PowerPoint", "MS PowerPoint", "Power Point"), ("Photoshop", "Adobe Photoshop"), ("Illustrator", "Adobe Illustrator"), ("AutoCAD", "Autocad"), ("SolidWorks", "Solidworks"), ("MongoDB", "Mongo DB"), ("a forklift license", "forklift licence", "a forklift licence"),
            ("a CDL Class A license", "CDL Class A", "a Class A CDL"), ("CPR certification", "a CPR certificate"), ("bookkeeping", "book-keeping"), ("React Native", "React-Native"), ("QuickBooks", "Quickbooks"), ("Salesforce", "salesforce"),
        ),
        "industry": (("fintech", "FinTech", "financial technology"), ("food production", "food manufacturing"), ("medical devices", "Medical devices"), ("video games", "gaming"), ("automotive parts", "car parts"), ("real estate", "Real Estate"), ("hospitality", "Hospitality"), ("fashion retail", "Fashion Retail")),
        "size": (("1-10", "1–10", "1 to 10"), ("11-50", "11–50", "11 to 50"), ("51-200", "51–200", "51 to 200"), ("201-500", "201–500"), ("501-1000", "501–1000", "501-1,000")),
        "benefit": (
            ("free lunch", "free lunches", "lunch for free"), ("free dinner", "free dinners"), ("a phone allowance", "phone allowance"), ("a commuter allowance", "commuter allowance", "a commuting allowance"), ("tuition reimbursement", "reimbursement of tuition"), ("dental insurance", "dental cover"),
            ("a 401(k) plan", "401k plan", "401(k)"), ("paid parental leave", "parental leave, paid"), ("a gym membership", "gym membership"), ("free snacks", "snacks for free", "Free snacks"), ("a shuttle bus", "shuttle bus service"), ("flexible vacation", "flexible holidays"), ("a training budget", "training budget"),
            ("employee discounts", "staff discounts"), ("relocation support", "relocation assistance", "help with relocation"), ("a new laptop", "new laptop"), ("childcare support", "support with childcare"), ("life insurance", "life cover"),
        ),
        "culture": (("flat hierarchies", "a flat hierarchy"), ("flexible hours", "flexible working hours", "flexitime"), ("writing things down", "we write things down"), ("moving fast", "we move fast"), ("evidence over opinion", "evidence before opinion"), ("small teams", "Small teams"), ("monthly retrospectives", "a retrospective every month"), ("casual dress", "a casual dress code")),
        "hiring_process": (("application review", "review of your application"), ("take-home assignment", "take-home task"), ("coding test", "programming test"), ("team interview", "interview with the team"), ("executive interview", "interview with an executive"), ("phone screen", "phone interview"), ("video interview", "video call interview"), ("reference check", "reference checks")),
        "title": (
            ("Backend Developer", "Back-end Developer", "Back End Developer"), ("Frontend Developer", "Front-end Developer", "Front End Developer"), ("Ward Nurse", "ward nurse"), ("Forklift Operator", "Forklift Driver", "Fork Lift Operator"), ("Line Cook", "line cook"), ("Facilities Manager", "Facility Manager"),
            ("Elementary School Teacher", "Elementary Teacher"), ("Sales Manager", "Manager, Sales"), ("Front Desk Agent", "Front-desk Agent"), ("Truck Driver", "truck driver"), ("HR Generalist", "Human Resources Generalist"), ("Quality Inspector", "Inspector, Quality"), ("Data Analyst", "data analyst"),
        ),
        "headcount": (),
    },
    near={
        "skill": (("Java", "JavaScript"), ("React", "React Native"), ("SQL", "NoSQL"), ("C", "C++", "C#"), ("MySQL", "MongoDB"), ("Photoshop", "Illustrator"), ("a CDL Class A license", "a CDL Class B license"), ("MIG welding", "TIG welding"), ("Spanish", "French"), ("bookkeeping", "payroll"), ("JavaScript", "TypeScript"), ("AutoCAD", "SolidWorks"), ("Salesforce", "HubSpot"), ("a nursing license", "CPR certification")),
        "benefit": (("free lunch", "free dinner"), ("a phone allowance", "a commuter allowance"), ("dental insurance", "vision insurance"), ("paid parental leave", "paid volunteer days"), ("stock options", "a 401(k) plan"), ("tuition reimbursement", "relocation support")),
        "title": (
            ("Backend Developer", "Frontend Developer"), ("Ward Nurse", "Outpatient Nurse"), ("Accounts Payable Clerk", "Accounts Receivable Clerk"), ("Line Cook", "Pastry Chef"), ("Elementary School Teacher", "Middle School Teacher"), ("Sales Manager", "Sales Assistant"), ("Content Marketer", "Performance Marketer"),
            ("Data Analyst", "Data Engineer"), ("HR Generalist", "Recruiter"), ("Truck Driver", "Bus Driver"), ("Quality Inspector", "Production Manager"), ("Forklift Operator", "Warehouse Manager"),
        ),
        "hiring_process": (("team interview", "executive interview"), ("phone screen", "video interview"), ("coding test", "take-home assignment"), ("medical check", "aptitude test")),
        "culture": (("flexible hours", "quiet mornings"), ("small teams", "moving fast")),
        "location": (("Austin, TX", "Boston, MA"), ("Portland, OR", "Phoenix, AZ"), ("Dublin", "Berlin")),
        "industry": (("medical devices", "cosmetics"), ("food production", "fashion retail"), ("construction", "shipbuilding")),
    },
    contrasts={
        "notes": (
            ("The shift is during the day.", "The shift is at night."), ("You will not work on weekends.", "You will work on weekends."), ("Frequent travel abroad is part of the job.", "No travel abroad is needed."), ("A car of your own is not needed.", "A car of your own is required."), ("The week has 40 hours.", "The week has 30 hours."),
            ("The team has 6 members.", "The team has 9 members."), ("The start date is negotiable.", "The start date is not negotiable."), ("Visa sponsorship is available.", "Visa sponsorship is not available."), ("A driving licence is not required.", "A driving licence is required."), ("Work is in two shifts.", "Work is in three shifts."),
        ),
        "responsibilities": (
            ("Process 300 orders a day", "Process 500 orders a day"), ("Look after 12 domestic accounts", "Look after 20 domestic accounts"), ("Train new colleagues", "Recruit new colleagues"), ("Sell to domestic customers", "Sell to overseas customers"), ("Check and settle sales invoices", "Check and settle purchase invoices"), ("Run the night desk", "Run the day desk"),
            ("Release the iOS app", "Release the Android app"), ("Teach third graders", "Teach fifth graders"), ("Inspect incoming goods", "Inspect outgoing goods"), ("Manage two stores", "Manage four stores"), ("Lead a team of 5", "Lead a team of 8"), ("Count stock in the cold store", "Count stock in the dry store"),
        ),
        "preferred": (
            ("Fluent Spanish", "Fluent French"), ("Experience in B2B sales", "Experience in B2C sales"), ("Experience with high-traffic services", "Experience with large data sets"), ("Experience at a listed company", "Experience at a start-up"), ("Experience in intensive care", "Experience in emergency care"), ("You live nearby", "You own a car"),
            ("A master's degree", "A doctorate"), ("Experience in a bakery", "Experience in a coffee shop"), ("Available for a long assignment", "Available for a short assignment"), ("PMP certification", "CPA certification"),
        ),
        "about": (
            ("We have raised $12 million so far.", "We have raised $30 million so far."), ("We run 40 stores across the country.", "We run 75 stores across the country."), ("Our factory is in Vietnam.", "Our factory is in India."), ("We are listed on NASDAQ.", "We are listed on the NYSE."), ("Most of our customers are small businesses.", "Most of our customers are large enterprises."),
            ("200,000 people use our service every month.", "500,000 people use our service every month."), ("We are number one in our market.", "We are number three in our market."),
        ),
    },
    name_tails=(" Labs", " Holdings", " Systems", " Partners", " Works", " Group", " Energy", " Robotics", " Health"),
    name_forms=("{v} Inc.", "{v}, Inc.", "{v} LLC", "{v} Ltd.", "{v} Corp.", "{v} Inc"),
    money={"year": (42000, 48000, 55000, 60000, 68000, 75000, 82000, 90000, 105000, 120000, 140000, 165000), "month": (2800, 3200, 3600, 4100, 4800, 5500, 6300), "hour": (16, 18, 21, 24, 28, 33, 39), "day": (140, 170, 210, 260, 320)},
    currency="USD",
)
