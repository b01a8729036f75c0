/** A lighthouse told in many languages, and what to ask of it: [question, a piece of the sentence that answers]. */
export type Sample = { language: string; text: string; asked: [string, string][] };

export const SAMPLES: Sample[] = [
  {
    language: 'English',
    text: 'The lighthouse of Norwick was built in 1874 by the engineer Thomas Hale. It stands on a rock near the northern harbour. The tower has 212 steps. Today the museum inside is visited by about 30,000 people every year. The fish market opens at six.',
    asked: [
      ['When was the lighthouse of Norwick built?', '1874'],
      ['Who built the lighthouse?', 'Thomas Hale'],
      ['How many steps does the tower have?', '212'],
    ],
  },
  {
    language: 'German',
    text: 'Der Leuchtturm von Norwick wurde 1874 von dem Ingenieur Thomas Hale erbaut. Er steht auf einem Felsen nahe dem nördlichen Hafen. Der Turm hat 212 Stufen. Heute besuchen jedes Jahr etwa 30.000 Menschen das Museum im Inneren. Der Fischmarkt öffnet um sechs Uhr.',
    asked: [
      ['Wann wurde der Leuchtturm von Norwick erbaut?', '1874'],
      ['Wie viele Stufen hat der Turm?', '212'],
      ['Wann öffnet der Fischmarkt?', 'sechs'],
    ],
  },
  {
    language: 'French',
    text: "Le phare de Norwick fut construit en 1874 par l'ingénieur Thomas Hale. Il se dresse sur un rocher près du port du nord. La tour compte 212 marches. Le musée reçoit environ 30 000 visiteurs chaque année. Le marché aux poissons ouvre à six heures.",
    asked: [
      ['Quand le phare de Norwick a-t-il été construit ?', '1874'],
      ['Combien de marches compte la tour ?', '212'],
      ['Qui a construit le phare ?', 'Thomas Hale'],
    ],
  },
  {
    language: 'Spanish',
    text: 'El faro de Norwick fue construido en 1874 por el ingeniero Thomas Hale. Se alza sobre una roca cerca del puerto del norte. La torre tiene 212 escalones. El museo recibe unos 30.000 visitantes cada año. El mercado de pescado abre a las seis.',
    asked: [
      ['¿Cuándo fue construido el faro de Norwick?', '1874'],
      ['¿Cuántos escalones tiene la torre?', '212'],
      ['¿Quién construyó el faro?', 'Thomas Hale'],
    ],
  },
  {
    language: 'Russian',
    text: 'Маяк Норвика построил в 1874 году инженер Томас Хейл. Он стоит на скале у северной гавани. В башне 212 ступеней. Каждый год музей посещают около 30 000 человек. Рыбный рынок открывается в шесть часов.',
    asked: [
      ['Когда был построен маяк Норвика?', '1874'],
      ['Сколько ступеней в башне?', '212'],
      ['Кто построил маяк?', 'Томас Хейл'],
    ],
  },
  {
    language: 'Greek',
    text: 'Ο φάρος του Νόργουικ χτίστηκε το 1874 από τον μηχανικό Τόμας Χέιλ. Στέκεται πάνω σε έναν βράχο κοντά στο βόρειο λιμάνι. Ο πύργος έχει 212 σκαλοπάτια. Η ψαραγορά ανοίγει στις έξι.',
    asked: [
      ['Πότε χτίστηκε ο φάρος του Νόργουικ;', '1874'],
      ['Πόσα σκαλοπάτια έχει ο πύργος;', '212'],
    ],
  },
  {
    language: 'Turkish',
    text: 'Norwick deniz feneri 1874 yılında mühendis Thomas Hale tarafından yapıldı. Kuzey limanının yakınındaki bir kayanın üzerinde durur. Kulenin 212 basamağı vardır. Balık pazarı saat altıda açılır.',
    asked: [
      ['Norwick deniz feneri ne zaman yapıldı?', '1874'],
      ['Kulenin kaç basamağı vardır?', '212'],
    ],
  },
  {
    language: 'Vietnamese',
    text: 'Ngọn hải đăng Norwick được kỹ sư Thomas Hale xây dựng vào năm 1874. Nó đứng trên một tảng đá gần cảng phía bắc. Tòa tháp có 212 bậc thang. Chợ cá mở cửa lúc sáu giờ.',
    asked: [
      ['Ngọn hải đăng Norwick được xây dựng khi nào?', '1874'],
      ['Tòa tháp có bao nhiêu bậc thang?', '212'],
    ],
  },
  {
    language: 'Arabic',
    text: 'بُنيت منارة نورويك عام 1874 على يد المهندس توماس هيل. تقف المنارة على صخرة قرب الميناء الشمالي. يضم البرج 212 درجة. يفتح سوق السمك في السادسة.',
    asked: [
      ['متى بنيت منارة نورويك؟', '1874'],
      ['كم درجة يضم البرج؟', '212'],
    ],
  },
  {
    language: 'Hindi',
    text: 'नॉरविक का प्रकाशस्तंभ 1874 में इंजीनियर थॉमस हेल ने बनवाया था। यह उत्तरी बंदरगाह के पास एक चट्टान पर खड़ा है। मीनार में 212 सीढ़ियाँ हैं। मछली बाज़ार छह बजे खुलता है।',
    asked: [
      ['नॉरविक का प्रकाशस्तंभ कब बनवाया गया था?', '1874'],
      ['मीनार में कितनी सीढ़ियाँ हैं?', '212'],
    ],
  },
  {
    language: 'Chinese',
    text: '诺维克灯塔由工程师托马斯·黑尔于1874年建造。它矗立在北港附近的一块岩石上。塔内有212级台阶。鱼市场六点开门。',
    asked: [
      ['诺维克灯塔是什么时候建造的？', '1874'],
      ['塔内有多少级台阶？', '212'],
      ['谁建造了诺维克灯塔？', '托马斯'],
    ],
  },
  {
    language: 'Japanese',
    text: 'ノーウィック灯台は1874年に技師トーマス・ヘイルによって建てられた。北の港の近くの岩の上に立っている。塔には212段の階段がある。魚市場は六時に開く。',
    asked: [
      ['ノーウィック灯台はいつ建てられましたか？', '1874'],
      ['塔には何段の階段がありますか？', '212'],
    ],
  },
  {
    language: 'Korean',
    text: '노윅 등대는 1874년에 기술자 토머스 헤일이 세웠다. 등대는 북쪽 항구 근처의 바위 위에 서 있다. 탑에는 212개의 계단이 있다. 어시장은 여섯 시에 문을 연다.',
    asked: [
      ['노윅 등대는 언제 세워졌습니까?', '1874'],
      ['탑에는 몇 개의 계단이 있습니까?', '212'],
    ],
  },
  {
    language: 'Thai',
    text: 'ประภาคารนอร์วิกสร้างขึ้นในปี ค.ศ. 1874 โดยวิศวกรโทมัส เฮล ตั้งอยู่บนโขดหินใกล้ท่าเรือทางเหนือ\nหอคอยมีบันได 212 ขั้น\nตลาดปลาเปิดตอนหกโมง',
    asked: [
      ['ประภาคารนอร์วิกสร้างขึ้นเมื่อใด', '1874'],
      ['หอคอยมีบันไดกี่ขั้น', '212'],
    ],
  },
  {
    language: 'Romanian',
    text: 'Farul din Norwick a fost construit în 1874 de inginerul Thomas Hale. Se ridică pe o stâncă lângă portul de nord. Turnul are 212 trepte. Piața de pește se deschide la ora șase.',
    asked: [
      ['Când a fost construit farul din Norwick?', '1874'],
      ['Câte trepte are turnul?', '212'],
    ],
  },
];
