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
        Part("quayle", "Dr Owen Quayle", "practitioner", "10", had_plan=True),
        Part("rashid", "Dr Yusuf Rashid", "practitioner", "9", had_plan=True),
        Part("sharples", "Dr Emma Sharples", "practitioner", "10", had_plan=True),
        Part("turner", "Dr Jack Turner", "practitioner", "7", had_plan=True),
        Part("manager", "Dr Helen Unsworth", "clinical_manager"),
        Part("service", "Neil Valentine", "service_manager"),
        Part("nursing", "Mary Walmsley", "nursing_quality_manager"),
        Part("amd", "Dr Alan Yates", "amd"),
        Part("md", "Dr Rachel Ashworth", "medical_director"),
        Part("office", "Denise Bury", "medical_directorate"),
        Part("hr", "Imran Chaudhry", "hr_workforce"),
        Part("finance", "Gail Dewhurst", "finance"),
        Part("ceo", "Mark Eastham", "chief_executive"),
        Part("owner", "Joan Threlfall", "process_owner"),
        Part("approver", "Ravi Menezes", "process_approver"),
    ),
    began=24,
    staff=(
        Part("secretary", "Margot Fairclough", "board_secretary"),
        Part("finance2", "Dinesh Lal", "finance", listed=False),
        Part("office2", "Kieran Moss", "medical_directorate", listed=False),
        Part("incoming", "Dr Tobias Okoye", "", listed=False),
        Part("mediator", "Dr Maeve Tarrant", ""),
        Part("chair", "Rosalind Achebe", ""),
        Part("chair2", "Wilfred Stott", "", listed=False),
        Part("nominee", "Dr Imelda Foss", ""),
        Part("nominee2", "Dr Cornelius Vane", "", listed=False),
    ),
    groups=(
        Group(
            "Surgery", leader("Dr Veronica Salt"),
            62, "issued", ("Anaesthetics", "Trauma and Orthopaedics"),
        ),
        Group("Families", leader("Dr Kofi Addo"), 5, "proposed"),
        Group("Clinical Support", leader("Dr Dorothea Wynn", listed=False), 142),
    ),
    units=(
        Unit(
            "Surgery", "Anaesthetics", "Theatre suite", "planned",
            "Dr Lucinda Marsh, Terence Obeng, Niamh Keane",
            """
            Dr Abiodun Falade, consultant, 10, choosing
            Dr Bethan Griffiths, consultant, 10, referring
            Dr Cheng Wei Koh, consultant, 10, late
            Dr Duncan Muirhead, consultant, 10, reviewed
            Dr Efua Boateng, specialty, 8, returned
            Dr Farhan Qureshi, consultant, 10, agreed
            Dr Gemma Thistlewood, specialist, 10, with_hr
            Dr Hiroshi Tanaka, consultant, 6, disputed
            """,
            work=("Elective list", "Trauma list", "Preassessment clinic", "Obstetric cover"),
        ),
        Unit(
            "Surgery", "Trauma and Orthopaedics", "Ward 14", "planned",
            "Dr Ignatius Bell, Pooja Sharma, Colette Ryder",
            """
            Dr Ikram Benali, consultant, 10, withdrawn
            Dr Jessamy Crook, consultant, 10, evidence
            Dr Kelechi Anyanwu, consultant, 10, checking
            Dr Lorcan Fitzgerald, associate, 10, answering
            Dr Magdalena Kos, consultant, 10, met
            Dr Naveed Akhtar, specialty, 10, ready
            Dr Orla McGinty, consultant, 7, drafted
            Dr Prakash Nair, consultant, 10, refused
            Dr Ignatius Bell, consultant, 10, signing
            Dr Kwabena Ofori, consultant, 10, talking
            Dr Tadhg Brennan, consultant, 10, late_referral
            Dr Jonah Adler, specialty, 10, mediation
            Dr Iveta Novak, consultant, 10, settled
            """,
            work=("Theatre list", "Fracture clinic", "Trauma meeting", "Elective clinic"),
            listed=("Dr Jessamy Crook", "Dr Ignatius Bell"),
        ),
        Unit(
            "Surgery", "Ophthalmology", "Eye unit", "approving",
            "Dr Rosalind Pike, Aidan Carver, -",
            """
            Dr Quentin Abara, consultant, 10, asked
            Dr Rosheen Daly, consultant, 10, asked
            Dr Sizwe Dlamini, specialty, 10, overdue
            Dr Theodora Angelou, consultant, 8, due_soon
            Dr Umar Farouk, consultant, 10, asked
            Dr Vanessa Lightfoot, associate, 10, overdue
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
            Dr George Hathersage, consultant, 10, due_soon
            """,
            work=("Resuscitation cover", "Majors", "Clinical decisions unit", "Review clinic"),
            listed=("Stuart Mbeki",),
        ),
        Unit(
            "Unscheduled Care", "Cardiology", "Heart centre", "preparing",
            "Dr Honor Whitcombe, -, Ivan Petrov",
            """
            Dr Ibrahim Sesay, consultant, 10, asked
            Dr Jocasta Byrom, consultant, 10, asked
            Dr Kamal Hassan, consultant, 10, asked
            Dr Lowri Tudor, specialty, 10, asked
            Dr Musa Jallow, consultant, 9, overdue
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
        Unit(
            "Clinical Support", "Radiology", "Imaging suite", "planned",
            "Dr Lionel Garrick, Maxine Tull, Peter Abiola",
            """
            Dr Cassius Bright, consultant, 10, decided
            Dr Noemi Fischer, consultant, 10, late_appeal
            Dr Basil Thorne, consultant, 10, objected
            Dr Rowan Tiller, consultant, 10, declaring
            Dr Linnea Strand, consultant, 10, hearing
            Dr Amina Warsame, specialist, 10, recommending
            Dr Okechukwu Nze, consultant, 10, board
            Dr Siobhan Keogh, specialty, 10, lapsed
            Dr Adela Quirke, consultant, 10, lost
            Dr Haruki Mori, consultant, 10, won
            """,
            work=("Reporting", "Scanner list", "Ultrasound list", "Case meeting"),
            listed=("Dr Cassius Bright",),
        ),
    ),
    changes=(
        Change("away", "Anaesthetics", "Dr Lucinda Marsh", "Dr Ignatius Bell", 4, "Dr Duncan Muirhead"),
        Change("left", "Obstetrics and Gynaecology", "Dr Gideon Mutua", ago=20),
        Change("succeeded", "Emergency Medicine", "Dr Yolanda Price", "Dr Tobias Okoye", 1),
    ),
)  # fmt: skip
