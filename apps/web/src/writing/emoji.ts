/** What people write between colons, and what it stands for; the usual ones first. */
const WRITTEN = `
thumbsup 👍 +1 👍 thumbsdown 👎 -1 👎 heart ❤️ tada 🎉 eyes 👀 fire 🔥 rocket 🚀 100 💯 white_check_mark ✅ check ✔️ x ❌ pray 🙏 clap 👏
smile 😄 smiley 😃 grin 😁 grinning 😀 joy 😂 rofl 🤣 laughing 😆 sweat_smile 😅 blush 😊 wink 😉 slightly_smiling_face 🙂 upside_down_face 🙃
heart_eyes 😍 star_struck 🤩 kissing_heart 😘 yum 😋 stuck_out_tongue 😛 zany_face 🤪 sunglasses 😎 nerd_face 🤓 thinking 🤔 monocle 🧐
neutral_face 😐 expressionless 😑 unamused 😒 roll_eyes 🙄 smirk 😏 relieved 😌 pensive 😔 sleepy 😪 sleeping 😴 mask 😷 dizzy_face 😵 exploding_head 🤯
cry 😢 sob 😭 disappointed 😞 worried 😟 confused 😕 frowning ☹️ scream 😱 fearful 😨 cold_sweat 😰 angry 😠 rage 😡 triumph 😤 flushed 😳
partying_face 🥳 hugging_face 🤗 shushing_face 🤫 zipper_mouth 🤐 melting_face 🫠 saluting_face 🫡 face_palm 🤦 shrug 🤷 see_no_evil 🙈 skull 💀 ghost 👻 robot 🤖 alien 👽 poop 💩
wave 👋 raised_hand ✋ raised_hands 🙌 ok_hand 👌 v ✌️ crossed_fingers 🤞 point_up ☝️ point_right 👉 point_left 👈 point_down 👇 muscle 💪 handshake 🤝 writing_hand ✍️ brain 🧠
broken_heart 💔 sparkles ✨ star ⭐ zap ⚡ boom 💥 sunny ☀️ cloud ☁️ rain 🌧️ snowflake ❄️ rainbow 🌈 moon 🌙 earth 🌍 seedling 🌱 tree 🌳 rose 🌹 four_leaf_clover 🍀
cat 🐱 dog 🐶 bear 🐻 panda 🐼 fox 🦊 lion 🦁 monkey 🐒 penguin 🐧 owl 🦉 snail 🐌 turtle 🐢 fish 🐟 octopus 🐙 butterfly 🦋 bug 🐛 bee 🐝 unicorn 🦄 dragon 🐉
coffee ☕ tea 🍵 beer 🍺 beers 🍻 wine 🍷 champagne 🍾 pizza 🍕 hamburger 🍔 cake 🍰 birthday 🎂 cookie 🍪 apple 🍎 banana 🍌 avocado 🥑 popcorn 🍿 bread 🍞 cheese 🧀
soccer ⚽ trophy 🏆 medal 🏅 dart 🎯 dice 🎲 game 🎮 musical_note 🎵 guitar 🎸 art 🎨 movie 🎬 camera 📷 gift 🎁 balloon 🎈 confetti 🎊 crown 👑 gem 💎 money 💰
car 🚗 bus 🚌 train 🚆 bike 🚲 airplane ✈️ ship 🚢 anchor ⚓ house 🏠 office 🏢 hospital 🏥 factory 🏭 construction 🚧 map 🗺️ compass 🧭 tent ⛺ beach 🏖️
phone 📱 computer 💻 keyboard ⌨️ battery 🔋 plug 🔌 bulb 💡 wrench 🔧 hammer 🔨 gear ⚙️ magnet 🧲 microscope 🔬 telescope 🔭 pill 💊 thermometer 🌡️ key 🔑 lock 🔒 unlock 🔓
book 📖 books 📚 memo 📝 pencil ✏️ paperclip 📎 pushpin 📌 scissors ✂️ folder 📁 calendar 📅 chart 📈 chart_down 📉 clipboard 📋 mail 📧 inbox 📥 package 📦 label 🏷️ bookmark 🔖
bell 🔔 no_bell 🔕 loudspeaker 📢 mega 📣 speech_balloon 💬 thought_balloon 💭 hourglass ⌛ stopwatch ⏱️ alarm_clock ⏰ mag 🔍 link 🔗 warning ⚠️ no_entry ⛔ stop 🛑 question ❓ exclamation ❗ bangbang ‼️
red_circle 🔴 orange_circle 🟠 yellow_circle 🟡 green_circle 🟢 blue_circle 🔵 white_circle ⚪ arrow_up ⬆️ arrow_down ⬇️ arrow_left ⬅️ arrow_right ➡️ recycle ♻️ infinity ♾️ flag 🚩 checkered_flag 🏁
`;

export const EMOJI: readonly { name: string; sign: string }[] = [...WRITTEN.matchAll(/(\S+) (\S+)/g)].map(([, name = '', sign = '']) => ({
  name,
  sign,
}));
