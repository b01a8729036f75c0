/** What Slack calls emoji that `node-emoji` does not know by that name, from https://github.com/iamcal/emoji-data (MIT). */
const NAMED = `
umbrella_with_rain_drops ☔ radioactive_sign ☢️ biohazard_sign ☣️ white_frowning_face ☹️ female_sign ♀️ male_sign ♂️ medical_symbol ⚕️
staff_of_aesculapius ⚕️ scales ⚖️ envelope ✉️ heavy_exclamation_mark ❗ heavy_heart_exclamation_mark_ornament ❣️ keycap_star *️⃣ gb 🇬🇧
moon 🌔 mostly_sunny 🌤️ sun_small_cloud 🌤️ barely_sunny 🌥️ sun_behind_cloud 🌥️ partly_sunny_rain 🌦️ rain_cloud 🌧️ snow_cloud 🌨️
lightning 🌩️ lightning_cloud 🌩️ tornado_cloud 🌪️ wind_blowing_face 🌬️ brown_mushroom 🍄‍🟫 lime 🍋‍🟩 cooking 🍳 knife_fork_plate 🍽️
medal 🎖️ film_frames 🎞️ admission_tickets 🎟️ woman-running 🏃‍♀️ woman_running_facing_right 🏃‍♀️‍➡️ man-running 🏃‍♂️
man_running_facing_right 🏃‍♂️‍➡️ person_running_facing_right 🏃‍➡️ runner 🏃 running 🏃 woman-surfing 🏄‍♀️ man-surfing 🏄‍♂️ surfer 🏄
sports_medal 🏅 woman-swimming 🏊‍♀️ man-swimming 🏊‍♂️ swimmer 🏊 woman-lifting-weights 🏋️‍♀️ man-lifting-weights 🏋️‍♂️
weight_lifter 🏋️ woman-golfing 🏌️‍♀️ man-golfing 🏌️‍♂️ golfer 🏌️ racing_motorcycle 🏍️ cricket_bat_and_ball 🏏
field_hockey_stick_and_ball 🏑 ice_hockey_stick_and_puck 🏒 table_tennis_paddle_and_ball 🏓 snow_capped_mountain 🏔️
beach_with_umbrella 🏖️ house_buildings 🏘️ derelict_house_building 🏚️ lantern 🏮 rainbow-flag 🏳️‍🌈 transgender_flag 🏳️‍⚧️
waving_white_flag 🏳️ waving_black_flag 🏴 badminton_racquet_and_shuttlecock 🏸 black_cat 🐈‍⬛ service_dog 🐕‍🦺 bee 🐝 ladybug 🐞
lady_beetle 🐞 phoenix 🐦‍🔥 black_bird 🐦‍⬛ flipper 🐬 polar_bear 🐻‍❄️ feet 🐾 eye-in-speech-bubble 👁️‍🗨️ punch 👊 thumbsup 👍
thumbsdown 👎 shirt 👕 shoe 👞 male-farmer 👨‍🌾 male-cook 👨‍🍳 man_feeding_baby 👨‍🍼 male-student 👨‍🎓 male-singer 👨‍🎤
male-artist 👨‍🎨 male-teacher 👨‍🏫 male-factory-worker 👨‍🏭 man-boy-boy 👨‍👦‍👦 man-boy 👨‍👦 man-girl-boy 👨‍👧‍👦
man-girl-girl 👨‍👧‍👧 man-girl 👨‍👧 man-man-boy 👨‍👨‍👦 man-man-boy-boy 👨‍👨‍👦‍👦 man-man-girl 👨‍👨‍👧 man-man-girl-boy 👨‍👨‍👧‍👦
man-man-girl-girl 👨‍👨‍👧‍👧 man-woman-boy 👨‍👩‍👦 man-woman-boy-boy 👨‍👩‍👦‍👦 man-woman-girl 👨‍👩‍👧 man-woman-girl-boy 👨‍👩‍👧‍👦
man-woman-girl-girl 👨‍👩‍👧‍👧 male-technologist 👨‍💻 male-office-worker 👨‍💼 male-mechanic 👨‍🔧 male-scientist 👨‍🔬
male-astronaut 👨‍🚀 male-firefighter 👨‍🚒 man_with_white_cane_facing_right 👨‍🦯‍➡️ man_with_probing_cane 👨‍🦯 red_haired_man 👨‍🦰
curly_haired_man 👨‍🦱 bald_man 👨‍🦲 white_haired_man 👨‍🦳 man_in_motorized_wheelchair_facing_right 👨‍🦼‍➡️
man_in_motorized_wheelchair 👨‍🦼 man_in_manual_wheelchair_facing_right 👨‍🦽‍➡️ man_in_manual_wheelchair 👨‍🦽 male-doctor 👨‍⚕️
male-judge 👨‍⚖️ male-pilot 👨‍✈️ man-heart-man 👨‍❤️‍👨 man-kiss-man 👨‍❤️‍💋‍👨 female-farmer 👩‍🌾 female-cook 👩‍🍳
woman_feeding_baby 👩‍🍼 female-student 👩‍🎓 female-singer 👩‍🎤 female-artist 👩‍🎨 female-teacher 👩‍🏫 female-factory-worker 👩‍🏭
woman-boy-boy 👩‍👦‍👦 woman-boy 👩‍👦 woman-girl-boy 👩‍👧‍👦 woman-girl-girl 👩‍👧‍👧 woman-girl 👩‍👧 woman-woman-boy 👩‍👩‍👦
woman-woman-boy-boy 👩‍👩‍👦‍👦 woman-woman-girl 👩‍👩‍👧 woman-woman-girl-boy 👩‍👩‍👧‍👦 woman-woman-girl-girl 👩‍👩‍👧‍👧
female-technologist 👩‍💻 female-office-worker 👩‍💼 female-mechanic 👩‍🔧 female-scientist 👩‍🔬 female-astronaut 👩‍🚀
female-firefighter 👩‍🚒 woman_with_white_cane_facing_right 👩‍🦯‍➡️ woman_with_probing_cane 👩‍🦯 red_haired_woman 👩‍🦰
curly_haired_woman 👩‍🦱 bald_woman 👩‍🦲 white_haired_woman 👩‍🦳 woman_in_motorized_wheelchair_facing_right 👩‍🦼‍➡️
woman_in_motorized_wheelchair 👩‍🦼 woman_in_manual_wheelchair_facing_right 👩‍🦽‍➡️ woman_in_manual_wheelchair 👩‍🦽 female-doctor 👩‍⚕️
female-judge 👩‍⚖️ female-pilot 👩‍✈️ woman-heart-man 👩‍❤️‍👨 woman-heart-woman 👩‍❤️‍👩 woman-kiss-man 👩‍❤️‍💋‍👨
woman-kiss-woman 👩‍❤️‍💋‍👩 family 👪 man_and_woman_holding_hands 👫 woman_and_man_holding_hands 👫 men_holding_hands 👬
women_holding_hands 👭 female-police-officer 👮‍♀️ male-police-officer 👮‍♂️ cop 👮 women-with-bunny-ears-partying 👯‍♀️
woman-with-bunny-ears-partying 👯‍♀️ men-with-bunny-ears-partying 👯‍♂️ man-with-bunny-ears-partying 👯‍♂️ dancers 👯
woman_with_veil 👰‍♀️ man_with_veil 👰‍♂️ blond-haired-woman 👱‍♀️ blond-haired-man 👱‍♂️ person_with_blond_hair 👱
woman-wearing-turban 👳‍♀️ man-wearing-turban 👳‍♂️ female-construction-worker 👷‍♀️ male-construction-worker 👷‍♂️ construction_worker 👷
woman-tipping-hand 💁‍♀️ man-tipping-hand 💁‍♂️ information_desk_person 💁 female-guard 💂‍♀️ male-guard 💂‍♂️ woman-getting-massage 💆‍♀️
man-getting-massage 💆‍♂️ massage 💆 woman-getting-haircut 💇‍♀️ man-getting-haircut 💇‍♂️ haircut 💇 couplekiss 💏 couple_with_heart 💑
collision 💥 hankey 💩 shit 💩 book 📖 pencil 📝 satellite_antenna 📡 camera_with_flash 📸 knife 🔪 om_symbol 🕉️ dove_of_peace 🕊️
menorah_with_nine_branches 🕎 man_in_business_suit_levitating 🕴️ female-detective 🕵️‍♀️ male-detective 🕵️‍♂️ sleuth_or_spy 🕵️
linked_paperclips 🖇️ lower_left_ballpoint_pen 🖊️ lower_left_fountain_pen 🖋️ lower_left_paintbrush 🖌️ lower_left_crayon 🖍️
middle_finger 🖕 reversed_hand_with_middle_finger_extended 🖕 spock-hand 🖖 three_button_mouse 🖱️ frame_with_picture 🖼️
spiral_note_pad 🗒️ spiral_calendar_pad 🗓️ compression 🗜️ rolled_up_newspaper 🗞️ dagger_knife 🗡️ speaking_head_in_silhouette 🗣️
ballot_box_with_ballot 🗳️ satisfied 😆 face_exhaling 😮‍💨 face_with_spiral_eyes 😵‍💫 face_in_clouds 😶‍🌫️
head_shaking_horizontally 🙂‍↔️ head_shaking_vertically 🙂‍↕️ face_with_rolling_eyes 🙄 woman-gesturing-no 🙅‍♀️ man-gesturing-no 🙅‍♂️
no_good 🙅 woman-gesturing-ok 🙆‍♀️ man-gesturing-ok 🙆‍♂️ woman-bowing 🙇‍♀️ man-bowing 🙇‍♂️ bow 🙇 woman-raising-hand 🙋‍♀️
man-raising-hand 🙋‍♂️ raising_hand 🙋 woman-frowning 🙍‍♀️ man-frowning 🙍‍♂️ person_frowning 🙍 woman-pouting 🙎‍♀️ man-pouting 🙎‍♂️
person_with_pouting_face 🙎 car 🚗 woman-rowing-boat 🚣‍♀️ man-rowing-boat 🚣‍♂️ rowboat 🚣 woman-biking 🚴‍♀️ man-biking 🚴‍♂️
bicyclist 🚴 woman-mountain-biking 🚵‍♀️ man-mountain-biking 🚵‍♂️ mountain_bicyclist 🚵 woman-walking 🚶‍♀️
woman_walking_facing_right 🚶‍♀️‍➡️ man-walking 🚶‍♂️ man_walking_facing_right 🚶‍♂️‍➡️ person_walking_facing_right 🚶‍➡️ walking 🚶
sleeping_accommodation 🛌 shopping_bags 🛍️ octagonal_sign 🛑 shopping_trolley 🛒 hindu_temple 🛕 hut 🛖 elevator 🛗 wireless 🛜
playground_slide 🛝 wheel 🛞 ring_buoy 🛟 airplane_departure 🛫 airplane_arriving 🛬 scooter 🛴 auto_rickshaw 🛺 pickup_truck 🛻
roller_skate 🛼 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_purple_circle 🟣 large_brown_circle 🟤
large_red_square 🟥 large_blue_square 🟦 large_orange_square 🟧 large_yellow_square 🟨 large_green_square 🟩 large_purple_square 🟪
large_brown_square 🟫 heavy_equals_sign 🟰 pinched_fingers 🤌 white_heart 🤍 brown_heart 🤎 pinching_hand 🤏 thinking_face 🤔
robot_face 🤖 hugging_face 🤗 the_horns 🤘 sign_of_the_horns 🤘 left-facing_fist 🤛 right-facing_fist 🤜
hand_with_index_and_middle_fingers_crossed 🤞 i_love_you_hand_sign 🤟 face_with_cowboy_hat 🤠 rolling_on_the_floor_laughing 🤣
woman-facepalming 🤦‍♀️ man-facepalming 🤦‍♂️ face_palm 🤦 face_with_raised_eyebrow 🤨 face_with_one_eyebrow_raised 🤨 star-struck 🤩
grinning_face_with_star_eyes 🤩 zany_face 🤪 grinning_face_with_one_large_and_one_small_eye 🤪 shushing_face 🤫
face_with_finger_covering_closed_lips 🤫 face_with_symbols_on_mouth 🤬 serious_face_with_symbols_covering_mouth 🤬
face_with_hand_over_mouth 🤭 smiling_face_with_smiling_eyes_and_hand_covering_mouth 🤭 face_vomiting 🤮 face_with_open_mouth_vomiting 🤮
shocked_face_with_exploding_head 🤯 breast-feeding 🤱 palms_up_together 🤲 woman_in_tuxedo 🤵‍♀️ person_in_tuxedo 🤵 mother_christmas 🤶
woman-shrugging 🤷‍♀️ man-shrugging 🤷‍♂️ shrug 🤷 woman-cartwheeling 🤸‍♀️ man-cartwheeling 🤸‍♂️ person_doing_cartwheel 🤸
woman-juggling 🤹‍♀️ man-juggling 🤹‍♂️ juggling 🤹 fencer 🤺 woman-wrestling 🤼‍♀️ man-wrestling 🤼‍♂️ wrestlers 🤼
woman-playing-water-polo 🤽‍♀️ man-playing-water-polo 🤽‍♂️ water_polo 🤽 woman-playing-handball 🤾‍♀️ man-playing-handball 🤾‍♂️
handball 🤾 diving_mask 🤿 drum_with_drumsticks 🥁 first_place_medal 🥇 second_place_medal 🥈 third_place_medal 🥉 glass_of_milk 🥛
kiwifruit 🥝 cut_of_meat 🥩 leafy_green 🥬 smiling_face_with_3_hearts 🥰 yawning_face 🥱 smiling_face_with_tear 🥲 partying_face 🥳
woozy_face 🥴 hot_face 🥵 cold_face 🥶 ninja 🥷 disguised_face 🥸 face_holding_back_tears 🥹 pleading_face 🥺 sari 🥻 lab_coat 🥼
womans_flat_shoe 🥿 lion_face 🦁 unicorn_face 🦄 giraffe_face 🦒 zebra_face 🦓 mammoth 🦣 dodo 🦤 sloth 🦥 otter 🦦 orangutan 🦧 skunk 🦨
flamingo 🦩 oyster 🦪 beaver 🦫 bison 🦬 seal 🦭 guide_dog 🦮 probing_cane 🦯 female_superhero 🦸‍♀️ male_superhero 🦸‍♂️ superhero 🦸
female_supervillain 🦹‍♀️ male_supervillain 🦹‍♂️ supervillain 🦹 safety_vest 🦺 ear_with_hearing_aid 🦻 motorized_wheelchair 🦼
manual_wheelchair 🦽 mechanical_arm 🦾 mechanical_leg 🦿 cheese_wedge 🧀 beverage_box 🧃 garlic 🧄 onion 🧅 falafel 🧆 waffle 🧇 butter 🧈
mate_drink 🧉 ice_cube 🧊 bubble_tea 🧋 troll 🧌 woman_standing 🧍‍♀️ man_standing 🧍‍♂️ standing_person 🧍 woman_kneeling 🧎‍♀️
woman_kneeling_facing_right 🧎‍♀️‍➡️ man_kneeling 🧎‍♂️ man_kneeling_facing_right 🧎‍♂️‍➡️ person_kneeling_facing_right 🧎‍➡️
kneeling_person 🧎 deaf_woman 🧏‍♀️ deaf_man 🧏‍♂️ deaf_person 🧏 face_with_monocle 🧐 farmer 🧑‍🌾 cook 🧑‍🍳 person_feeding_baby 🧑‍🍼
mx_claus 🧑‍🎄 student 🧑‍🎓 singer 🧑‍🎤 artist 🧑‍🎨 teacher 🧑‍🏫 factory_worker 🧑‍🏭 technologist 🧑‍💻 office_worker 🧑‍💼
mechanic 🧑‍🔧 scientist 🧑‍🔬 astronaut 🧑‍🚀 firefighter 🧑‍🚒 people_holding_hands 🧑‍🤝‍🧑
person_with_white_cane_facing_right 🧑‍🦯‍➡️ person_with_probing_cane 🧑‍🦯 red_haired_person 🧑‍🦰 curly_haired_person 🧑‍🦱
bald_person 🧑‍🦲 white_haired_person 🧑‍🦳 person_in_motorized_wheelchair_facing_right 🧑‍🦼‍➡️ person_in_motorized_wheelchair 🧑‍🦼
person_in_manual_wheelchair_facing_right 🧑‍🦽‍➡️ person_in_manual_wheelchair 🧑‍🦽 family_adult_adult_child 🧑‍🧑‍🧒
family_adult_adult_child_child 🧑‍🧑‍🧒‍🧒 family_adult_child_child 🧑‍🧒‍🧒 family_adult_child 🧑‍🧒 health_worker 🧑‍⚕️ judge 🧑‍⚖️
pilot 🧑‍✈️ woman_with_beard 🧔‍♀️ man_with_beard 🧔‍♂️ person_with_headscarf 🧕 person_in_steamy_room 🧖 woman_climbing 🧗‍♀️
man_climbing 🧗‍♂️ person_climbing 🧗 person_in_lotus_position 🧘 female_mage 🧙‍♀️ male_mage 🧙‍♂️ mage 🧙 female_fairy 🧚‍♀️
male_fairy 🧚‍♂️ fairy 🧚 female_vampire 🧛‍♀️ male_vampire 🧛‍♂️ vampire 🧛 merperson 🧜 female_elf 🧝‍♀️ male_elf 🧝‍♂️ elf 🧝
female_genie 🧞‍♀️ male_genie 🧞‍♂️ genie 🧞 female_zombie 🧟‍♀️ male_zombie 🧟‍♂️ zombie 🧟 billed_cap 🧢 bricks 🧱 roll_of_paper 🧻
ballet_shoes 🩰 one-piece_swimsuit 🩱 briefs 🩲 shorts 🩳 thong_sandal 🩴 light_blue_heart 🩵 grey_heart 🩶 pink_heart 🩷 drop_of_blood 🩸
adhesive_bandage 🩹 stethoscope 🩺 x-ray 🩻 crutch 🩼 yo-yo 🪀 kite 🪁 parachute 🪂 boomerang 🪃 magic_wand 🪄 pinata 🪅 nesting_dolls 🪆
maracas 🪇 flute 🪈 harp 🪉 shovel 🪏 ringed_planet 🪐 chair 🪑 razor 🪒 axe 🪓 diya_lamp 🪔 banjo 🪕 military_helmet 🪖 accordion 🪗
long_drum 🪘 coin 🪙 carpentry_saw 🪚 screwdriver 🪛 ladder 🪜 hook 🪝 mirror 🪞 window 🪟 plunger 🪠 sewing_needle 🪡 knot 🪢 bucket 🪣
mouse_trap 🪤 toothbrush 🪥 headstone 🪦 placard 🪧 rock 🪨 mirror_ball 🪩 identification_card 🪪 low_battery 🪫 hamsa 🪬
folding_hand_fan 🪭 hair_pick 🪮 khanda 🪯 fly 🪰 worm 🪱 cockroach 🪳 potted_plant 🪴 wood 🪵 feather 🪶 lotus 🪷 coral 🪸 empty_nest 🪹
nest_with_eggs 🪺 hyacinth 🪻 jellyfish 🪼 wing 🪽 leafless_tree 🪾 goose 🪿 anatomical_heart 🫀 lungs 🫁 people_hugging 🫂
pregnant_man 🫃 pregnant_person 🫄 person_with_crown 🫅 fingerprint 🫆 moose 🫎 donkey 🫏 blueberries 🫐 bell_pepper 🫑 olive 🫒
flatbread 🫓 tamale 🫔 fondue 🫕 teapot 🫖 pouring_liquid 🫗 beans 🫘 jar 🫙 ginger_root 🫚 pea_pod 🫛 root_vegetable 🫜 splatter 🫟
melting_face 🫠 saluting_face 🫡 face_with_open_eyes_and_hand_over_mouth 🫢 face_with_peeking_eye 🫣 face_with_diagonal_mouth 🫤
dotted_line_face 🫥 biting_lip 🫦 bubbles 🫧 shaking_face 🫨 face_with_bags_under_eyes 🫩 hand_with_index_finger_and_thumb_crossed 🫰
rightwards_hand 🫱 leftwards_hand 🫲 palm_down_hand 🫳 palm_up_hand 🫴 index_pointing_at_the_viewer 🫵 heart_hands 🫶
leftwards_pushing_hand 🫷 rightwards_pushing_hand 🫸 eject ⏏️ black_right_pointing_double_triangle_with_vertical_bar ⏭️
black_left_pointing_double_triangle_with_vertical_bar ⏮️ black_right_pointing_triangle_with_double_vertical_bar ⏯️ double_vertical_bar ⏸️
black_square_for_stop ⏹️ black_circle_for_record ⏺️ telephone ☎️ transgender_symbol ⚧️ snowman_without_snow ⛄ thunder_cloud_and_rain ⛈️
helmet_with_white_cross ⛑️ broken_chain ⛓️‍💥 umbrella_on_ground ⛱️ boat ⛵ woman-bouncing-ball ⛹️‍♀️ man-bouncing-ball ⛹️‍♂️
person_with_ball ⛹️ hand ✋ heart_on_fire ❤️‍🔥 mending_heart ❤️‍🩹
`;

export const SLACK_EMOJI: ReadonlyMap<string, string> = new Map(
  [...NAMED.matchAll(/(\S+) (\S+)/g)].map(([, name = '', sign = '']) => [name, sign]),
);
