"""Cumbria Partnership, as the demonstration has it. Everybody is invented."""

from workflows.seeding.companies import Change, Company, Group, Part, Unit, leader

CUMBRIA = Company(
    key="CPFT",
    name="Cumbria Partnership",
    policy="cumbria",
    care_group="Mental Health",
    team="Penrith Community Team",
    place="Penrith",
    parts=(
        Part("ahmed", "Dr Sana Ahmed", "practitioner", "10", had_plan=True),
        Part("byrne", "Dr Colm Byrne", "practitioner", "10", had_plan=True),
        Part("chandra", "Dr Priya Chandra", "practitioner", "8"),
        Part("doyle", "Dr Finn Doyle", "practitioner", "10", had_plan=True),
        Part("eze", "Dr Ngozi Eze", "practitioner", "6", had_plan=True),
        Part("frost", "Dr Leah Frost", "practitioner", "10", new_starter=True),
        Part("manager", "Dr Robert Graham", "clinical_manager"),
        Part("service", "Joanne Hewitt", "service_manager"),
        Part("nursing", "Steven Iveson", "nursing_quality_manager"),
        Part("amd", "Dr Margaret Jopson", "amd"),
        Part("md", "Dr Andrew Kirkby", "medical_director"),
        Part("office", "Carol Lamb", "medical_directorate"),
        Part("office2", "Tom Musgrave", "medical_directorate"),
        Part("hr", "Bhavna Naik", "hr_workforce"),
        Part("finance", "Keith Oddie", "finance"),
        Part("ceo", "Sarah Postlethwaite", "chief_executive"),
        Part("owner", "Philippa Nixon", "process_owner"),
        Part("approver", "Edwin Barlow", "process_approver"),
    ),
    staff=(
        Part("secretary", "Ruth Pennington", "board_secretary"),
        Part("finance2", "Samuel Quarshie", "finance", listed=False),
        Part("hr2", "Layla Rahimi", "hr_workforce", listed=False),
        Part("mediator", "Dr Gwilym Hartley", ""),
        Part("chair", "Helena Marchbanks", ""),
        Part("chair2", "Geoffrey Ullock", "", listed=False),
        Part("nominee", "Dr Isolde Farrer", ""),
        Part("nominee2", "Dr Ambrose Teal", "", listed=False),
    ),
    groups=(
        Group("Children and Families", leader("Dr Nikhil Thackeray", listed=False), 40),
        Group("Specialist Services", leader("Dr Ffion Urquhart"), 5, "proposed"),
        Group("Community Services", leader("Dr Cecily Marr", listed=False), 142),
    ),
    units=(
        Unit(
            "Mental Health", "Kendal Community Team", "Kendal", "planned",
            "Dr Imogen Tait, Paul Braithwaite, Asha Menon",
            """
            Dr Adaeze Nwosu, consultant, 10, choosing
            Dr Piotr Zielinski, consultant, 10, late
            Dr Harriet Fell, specialty, 8, returned
            Dr Kwame Asante, consultant, 10, referring
            Dr Maryam Hosseini, consultant, 7, disputed
            Dr Tomos Pritchard, associate, 9, reviewed
            Dr Lin Xu, specialist, 10, booked
            Dr Grace Oyelaran, consultant, 10, withdrawn
            Dr Mateo Alvarez, consultant, 10, talking
            Dr Aidan Corrie, consultant, 10, late_referral
            Dr Gethin Rowe, specialty, 10, mediation
            Dr Louise Akande, consultant, 10, settled
            """,
        ),
        Unit(
            "Mental Health", "Carlisle Acute Wards", "Carlisle", "objected",
            "Dr Rory Maclennan, Denise Okafor, Jakub Nowicki",
            """
            Dr Sunita Bhatt, consultant, 10, asked
            Dr Owain Rees, consultant, 10, asked
            Dr Chiamaka Eke, specialty, 10, asked
            Dr Daniel Rosenthal, consultant, 6, asked
            Dr Noor Al-Sayed, consultant, 10, asked
            Dr Eilidh Munro, associate, 10, asked
            Dr Ravi Thambiah, consultant, 8, asked
            Dr Joanna Wray, local, 10, asked
            """,
            work=("Ward round", "Admissions", "Mental Health Act work", "Family meetings"),
            listed=("Dr Rory Maclennan",),
        ),
        Unit(
            "Children and Families", "Barrow Paediatrics", "Barrow", "answering",
            "Dr Selina Achterberg, Gareth Wynne, Folake Adebisi",
            """
            Dr Amrit Gill, consultant, 10, overdue
            Dr Hannah Brockbank, consultant, 10, due_soon
            Dr Yaw Mensah, consultant, 10, overdue
            Dr Elena Petrova, specialty, 8, asked
            Dr Callum Airey, consultant, 10, asked
            Dr Farida Khoury, associate, 10, asked
            Dr Mei-Ling Tan, consultant, 7, asked
            Dr Bryony Satterthwaite, consultant, 10, starter
            """,
            work=("Ward round", "Outpatient clinic", "Newborn checks", "School clinic"),
        ),
        Unit(
            "Children and Families", "Whitehaven Young People’s Team", "Whitehaven", "preparing",
            "Dr Lawrence Ibbotson, Gillian Roper, Ciara Doherty",
            """
            Dr Obinna Chukwu, consultant, 10, asked
            Dr Sophie Lancaster, consultant, 6, asked
            Dr Tariq Mahmood, consultant, 10, asked
            Dr Agnieszka Wrona, specialty, 10, asked
            Dr Ben Huddleston, consultant, 10, asked
            Dr Thandiwe Moyo, consultant, 8, asked
            Dr Iestyn Vaughan, associate, 10, asked
            """,
        ),
        Unit(
            "Specialist Services", "Older Adults and Memory", "Workington", "waiting",
            "Dr Wilhelmina Steele, Patrick Amoah, Rosa Delgado",
            """
            Dr Zainab Yusuf, consultant, 10, asked
            Dr Fergus Ballantyne, consultant, 10, asked
            Dr Huda Karim, specialty, 10, asked
            Dr Stephen Liddell, consultant, 10, asked
            Dr Ngaire Walker, consultant, 5, overdue
            Dr Vikram Deshpande, associate, 10, asked
            Dr Bronwen Hale, consultant, 10, asked
            Dr Emeka Obi, consultant, 10, interim
            """,
        ),
        Unit(
            "Children and Families", "Learning Disability Service", "Penrith", "preparing",
            "Dr Matteo Ricci, Janet Holliday, -",
            """
            Dr Olivia Cartmel, consultant, 10, asked
            Dr Samir Haddad, consultant, 10, asked
            Dr Rachel Nwachukwu, consultant, 8, asked
            Dr Euan Forsyth, specialty, 10, asked
            Dr Priscilla Danquah, consultant, 10, asked
            Dr Leila Farahani, associate, 7, asked
            Dr Hugo Blencowe, consultant, 10, asked
            """,
            listed=("Janet Holliday",),
        ),
        Unit(
            "Mental Health", "Crisis and Home Treatment", "Carlisle", "planned",
            "Dr Deborah Kinsella, Mohammed Iqbal, Sian Probert",
            """
            Dr Anneka Vos, consultant, 10, in_force
            Dr Babak Rostami, consultant, 10, checking
            Dr Ciaran Gallagher, consultant, 10, with_hr
            Dr Dorcas Appiah, specialist, 9, met
            Dr Esther Klein, consultant, 10, answering
            Dr Feng Liu, specialty, 10, agreed
            Dr Gwenllian Parry, consultant, 6, drafted
            Dr Hamza Siddiqui, consultant, 10, refused
            Dr Margaret Jopson, consultant, 10, ready
            """,
            work=("Home treatment visits", "Assessment clinic", "Urgent assessments", "Case review"),
        ),
        Unit(
            "Community Services", "Furness Community Health", "Ulverston", "planned",
            "Dr Edmund Stainton, Kirsty Lowther, Babs Ogden",
            """
            Dr Rufus Winder, consultant, 10, decided
            Dr Anjali Kapoor, consultant, 10, late_appeal
            Dr Leopold Kerr, consultant, 10, objected
            Dr Torin MacAskill, consultant, 10, declaring
            Dr Zuleika Haq, consultant, 10, hearing
            Dr Beatrix Coward, specialist, 10, recommending
            Dr Bernard Osgood, consultant, 10, board
            Dr Sorcha Devlin, specialty, 10, lapsed
            Dr Ottilie Frame, consultant, 10, lost
            Dr Hywel Pugh, consultant, 10, won
            """,
        ),
    ),
    changes=(
        Change("away", "Kendal Community Team", "Dr Imogen Tait", "Dr Rory Maclennan", 4, "Dr Tomos Pritchard"),
        Change("left", "Whitehaven Young People’s Team", "Gillian Roper", ago=30),
        Change("left", "Older Adults and Memory", "Dr Ngaire Walker", ago=20),
        Change("succeeded", "Crisis and Home Treatment", "Dr Deborah Kinsella", "Dr Margaret Jopson", 1),
    ),
)  # fmt: skip
