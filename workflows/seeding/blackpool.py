"""Blackpool Teaching Hospitals, as the demonstration has it. Everybody is invented."""

from workflows.seeding.companies import Change, Company, Group, Part, Unit, leader

BLACKPOOL = Company(
    key="BTH",
    name="Blackpool Teaching Hospitals",
    policy="blackpool",
    care_group="Unscheduled Care",
    team="Acute Medicine",
    place="Blackpool Victoria",
    parts=(
        Part("quayle", "Dr Owen Quayle", "practitioner", "Waits for the third signature", "10", had_plan=True),
        Part("rashid", "Dr Yusuf Rashid", "practitioner", "HR is comparing his plan", "11", had_plan=True),
        Part("sharples", "Dr Emma Sharples", "practitioner", "No agreement; the rest is signed", "10", had_plan=True),
        Part("turner", "Dr Jack Turner", "practitioner", "Asked to draft his plan", "7", had_plan=True),
        Part("manager", "Dr Helen Unsworth", "clinical_manager", "Has several steps waiting"),
        Part("service", "Neil Valentine", "service_manager", "Follows the cases of the team; nothing waits"),
        Part("nursing", "Mary Walmsley", "nursing_quality_manager", "Follows the cases of the team; nothing waits"),
        Part("amd", "Dr Alan Yates", "amd", "The third signatory"),
        Part("md", "Dr Rachel Ashworth", "medical_director", "Follows every case of the trust"),
        Part("office", "Denise Bury", "medical_directorate", "Checks signed plans"),
        Part("hr", "Imran Chaudhry", "hr_workforce", "Compares plans with contracts"),
        Part("finance", "Gail Dewhurst", "finance", "Reads plans in force"),
        Part("ceo", "Mark Eastham", "chief_executive", "Comes in with an appeal; nothing waits"),
    ),
    began=24,
    staff=(
        Part("secretary", "Margot Fairclough", "board_secretary", ""),
        Part("finance2", "Dinesh Lal", "finance", ""),
        Part("office2", "Kieran Moss", "medical_directorate", ""),
        Part("incoming", "Dr Tobias Okoye", "", ""),
    ),
    groups=(
        Group(
            "Surgery", leader("Dr Veronica Salt", "Follows a division with a late signature and a dispute"),
            62, "issued", ("Anaesthetics", "Trauma and Orthopaedics"),
        ),
        Group("Families", leader("Dr Kofi Addo", "Asked to agree a timetable"), 5, "proposed"),
    ),
    units=(
        Unit(
            "Surgery", "Anaesthetics", "Theatre suite", "planned",
            "Dr Lucinda Marsh, Terence Obeng, Niamh Keane",
            """
            Dr Abiodun Falade, consultant, 10, in_force
            Dr Bethan Griffiths, consultant, 11, in_force
            Dr Cheng Wei Koh, consultant, 10, late
            Dr Duncan Muirhead, consultant, 10, reviewed
            Dr Efua Boateng, specialty, 8, returned
            Dr Farhan Qureshi, consultant, 10, signing
            Dr Gemma Thistlewood, specialist, 10, with_hr
            Dr Hiroshi Tanaka, consultant, 6, disputed
            """,
            work=("Elective list", "Trauma list", "Preassessment clinic", "Obstetric cover"),
            personas={"Dr Cheng Wei Koh": "Signed in time; another signature is late"},
        ),
        Unit(
            "Surgery", "Trauma and Orthopaedics", "Ward 14", "planned",
            "Dr Ignatius Bell, Pooja Sharma, Colette Ryder",
            """
            Dr Ikram Benali, consultant, 10, in_force
            Dr Jessamy Crook, consultant, 10, evidence
            Dr Kelechi Anyanwu, consultant, 12, checking
            Dr Lorcan Fitzgerald, associate, 10, answering
            Dr Magdalena Kos, consultant, 10, met
            Dr Naveed Akhtar, specialty, 10, ready
            Dr Orla McGinty, consultant, 7, drafted
            Dr Prakash Nair, consultant, 10, refused
            """,
            work=("Theatre list", "Fracture clinic", "Trauma meeting", "Elective clinic"),
            personas={"Dr Jessamy Crook": "Asked for evidence before her meeting"},
        ),
        Unit(
            "Surgery", "Ophthalmology", "Eye unit", "approving",
            "Dr Rosalind Pike, Aidan Carver, -",
            """
            Dr Quentin Abara, consultant, 10, asked
            Dr Rosheen Daly, consultant, 10, asked
            Dr Sizwe Dlamini, specialty, 10, asked
            Dr Theodora Angelou, consultant, 8, asked
            Dr Umar Farouk, consultant, 10, asked
            Dr Vanessa Lightfoot, associate, 10, asked
            Dr Wanjiru Kamau, consultant, 10, asked
            Dr Xavier Benoit, consultant, 10, starter
            """,
            work=("Theatre list", "Eye clinic", "Laser clinic", "Eye casualty"),
        ),
        Unit(
            "Unscheduled Care", "Emergency Medicine", "Emergency department", "planned",
            "Dr Yolanda Price, Stuart Mbeki, Aoife Lynch",
            """
            Dr Zachary Osei, consultant, 10, in_force
            Dr Amara Conteh, consultant, 10, signing
            Dr Bartosz Lis, consultant, 10, booked
            Dr Cordelia Hume, specialty, 8, ready
            Dr Dilip Rao, consultant, 10, answering
            Dr Eleri Bowen, consultant, 6, drafted
            Dr Fatoumata Barry, specialist, 10, asked
            Dr George Hathersage, consultant, 10, asked
            """,
            work=("Resuscitation cover", "Majors", "Clinical decisions unit", "Review clinic"),
            personas={"Stuart Mbeki": "Asked to issue the preparation material"},
        ),
        Unit(
            "Unscheduled Care", "Cardiology", "Heart centre", "preparing",
            "Dr Honor Whitcombe, -, Ivan Petrov",
            """
            Dr Ibrahim Sesay, consultant, 10, asked
            Dr Jocasta Byrom, consultant, 10, asked
            Dr Kamal Hassan, consultant, 10, asked
            Dr Lowri Tudor, specialty, 10, asked
            Dr Musa Jallow, consultant, 9, asked
            Dr Nadia Ferreira, consultant, 10, asked
            Dr Oscar Lindqvist, associate, 10, asked
            Dr Parvati Iyer, consultant, 10, asked
            """,
            work=("Catheter laboratory", "Ward round", "Echo list", "Heart failure clinic"),
        ),
        Unit(
            "Families", "Paediatrics", "Children’s ward", "waiting",
            "Dr Ruaridh Sinclair, Tamsin Foy, Udo Eze",
            """
            Dr Saoirse Nolan, consultant, 10, asked
            Dr Tunde Bakare, consultant, 10, asked
            Dr Ursula Meyer, consultant, 8, asked
            Dr Vijay Pillai, specialty, 10, asked
            Dr Winifred Asare, consultant, 10, asked
            Dr Yasmin Darwish, consultant, 10, asked
            Dr Aled Morgan-Price, associate, 10, asked
            Dr Blessing Okonkwo, consultant, 10, interim
            """,
        ),
        Unit(
            "Families", "Obstetrics and Gynaecology", "Women’s unit", "waiting",
            "Dr Cressida Vale, Emmanuel Tetteh, Fiona Gow",
            """
            Dr Catrin Lloyd-Davies, consultant, 10, asked
            Dr Demetrius Kalu, consultant, 10, asked
            Dr Esme Rothwell, consultant, 7, asked
            Dr Feroza Patel, consultant, 10, asked
            Dr Gideon Mutua, specialty, 10, asked
            Dr Hermione Stott, consultant, 10, asked
            Dr Ines Carvalho, specialist, 10, asked
            Dr Jamal Abdi, consultant, 10, asked
            """,
            work=("Antenatal clinic", "Gynaecology list", "Labour ward", "Colposcopy"),
        ),
    ),
    changes=(
        Change("away", "Anaesthetics", "Dr Lucinda Marsh", "Dr Ignatius Bell", 4, "Dr Duncan Muirhead"),
        Change("left", "Obstetrics and Gynaecology", "Dr Gideon Mutua", ago=20),
        Change("succeeded", "Emergency Medicine", "Dr Yolanda Price", "Dr Tobias Okoye", 1),
    ),
)  # fmt: skip
